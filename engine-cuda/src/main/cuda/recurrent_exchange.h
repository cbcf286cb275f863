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

  const Element* all;
  unsigned char* stages;  // in shared memory
  int pieces;             // of a line
  int line;               // elements
  int stepSize;
  int rows;  // of the group
  int from;  // where the thread begins to copy, in a step of the exchange, and to where, in a stage
  int to;

  DEVICE Exchange of(const Element* all, const Share& share, int rows, int units, void* shared) {
    const int pieces = Form::pieces(units);
    const int line = pieces * Form::PIECE;
    const int index = threadIndex() / PARTS;
    const int part = threadIndex() % PARTS;
    return {all,
            static_cast<unsigned char*>(shared),
            pieces,
            line,
            rows * planes * line,
            share.rows,
            (share.firstRow * planes + index) * line + part * (Form::PIECE / PARTS),
            (index % planes * Form::ROWS + index / planes) * LINE_BYTES + part * 16};
  }

  // Starts to copy a piece of all planes and rows. Copies are counted by what is committed, so that it is done past the end, too.
  DEVICE void start(const Exchange& exchange, int step, int piece) {
    if (piece < exchange.pieces) {
      const int index = threadIndex() / PARTS;
      const int indices = blockThreads() / PARTS;
      int from = exchange.from + step % EXCHANGED_STEPS * exchange.stepSize + piece * Form::PIECE;
      unsigned char* to = exchange.stages + piece % Form::STAGES * STAGE_BYTES + exchange.to;
      ROLLED for (int row = index / planes; row < exchange.rows; row += indices / planes) {
        copyAsync16(to, exchange.all + from);
        from += indices * exchange.line;
        to += indices / planes * LINE_BYTES;
      }
    }
    copyAsyncCommit();
  }

  // sums += a warp's weights times a plane of an exchanged step; its group has announced it. A blockBarrier() comes before the next call.
  DEVICE void multiply(const Exchange& exchange, float (&sums)[2][4], const Weights<Form>& weights, int step, int plane) {
    UNROLLED for (int piece = 0; piece < Form::STAGES - 1; piece++) {
      start(exchange, step, piece);
    }
    const unsigned char* const right = exchange.stages + plane * Form::ROWS * LINE_BYTES + placeInPiece<Form>();
    multiplyPieces<Form>(sums, weights, exchange.pieces, [&](int piece) {
      copyAsyncWait<Form::STAGES - 2>();
      blockBarrier();  // everybody's copies are there, and nobody reads the stage any more that is filled next
      start(exchange, step, piece + Form::STAGES - 1);
      return right + piece % Form::STAGES * STAGE_BYTES;
    });
  }
};

}  // namespace tensorRecurrent
