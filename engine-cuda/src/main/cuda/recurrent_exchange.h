// How the right factor comes from other blocks to the tensor cores. The exchange is [EXCHANGED_STEPS][rows][planes][line] in global memory: a
// plane of hidden states, or four of the gradients of all pre-activations; a line has the units, rounded up to pieces, and zeros beyond.
#pragma once
#include "recurrent_tensor.h"

namespace tensorRecurrent {

template <typename Form, int planes>
struct Exchange {
  using Element = typename Form::Element;
  static const int STAGE_BYTES = planes * Form::ROWS * LINE_BYTES;
  static const int PARTS = PIECE_BYTES / 16;  // of a line's piece, which threads copy one after the other

  int pieces;  // of a line
  int line;
  size_t stepSize;
  int rows;             // of the group
  unsigned char* stages;  // in shared memory
  const Element* from;  // what the thread copies first of a piece, and to where in a stage
  int to;

  DEVICE Exchange of(const Element* all, const Share& share, int rows, int units, void* shared) {
    const int pieces = Form::pieces(units);
    const int line = pieces * Form::PIECE;
    const int index = threadIndex() / PARTS;
    const int part = threadIndex() % PARTS;
    return {pieces,
            line,
            static_cast<size_t>(rows) * planes * line,
            share.rows,
            static_cast<unsigned char*>(shared),
            all + (static_cast<size_t>(share.firstRow) * planes + index) * line + part * (Form::PIECE / PARTS),
            (index % planes * Form::ROWS + index / planes) * LINE_BYTES + part * 16};
  }

  // Starts to copy a piece of all planes and rows. Copies are counted by what is committed, so that it is done past the end, too.
  DEVICE void start(const Exchange& exchange, const Element* step, int piece) {
    if (piece < exchange.pieces) {
      const int index = threadIndex() / PARTS;
      const int indices = blockThreads() / PARTS;
      const Element* from = step + piece * Form::PIECE;
      unsigned char* to = exchange.stages + piece % Form::STAGES * STAGE_BYTES + exchange.to;
      ROLLED for (int row = index / planes; row < exchange.rows; row += indices / planes) {
        copyAsync16(to, from);
        from += indices * exchange.line;
        to += indices / planes * LINE_BYTES;
      }
    }
    copyAsyncCommit();
  }

  // sums += a warp's weights times a plane of an exchanged step; its group has announced it. A blockBarrier() comes before the next call.
  DEVICE void multiply(const Exchange& exchange, float (&sums)[2][4], const Weights<Form>& weights, int step, int plane) {
    const Element* const from = exchange.from + step % EXCHANGED_STEPS * exchange.stepSize;
    UNROLLED for (int piece = 0; piece < Form::STAGES - 1; piece++) {
      start(exchange, from, piece);
    }
    const unsigned char* const right = exchange.stages + plane * Form::ROWS * LINE_BYTES + placeInPiece<Form>();
    multiplyPieces<Form>(sums, weights, exchange.pieces, [&](int piece) {
      copyAsyncWait<Form::STAGES - 2>();
      blockBarrier();  // everybody's copies are there, and nobody reads the stage any more that is filled next
      start(exchange, from, piece + Form::STAGES - 1);
      return right + piece % Form::STAGES * STAGE_BYTES;
    });
  }
};

}  // namespace tensorRecurrent
