package org.levin.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What may befall a file that nobody understands. */
enum BytesEdit {
  CUT_OFF {
    @Override
    byte[] apply(byte[] file, Random random) {
      return Arrays.copyOf(file, random.nextInt(file.length + 1));
    }
  },
  MORE_BEHIND {
    @Override
    byte[] apply(byte[] file, Random random) {
      return Arrays.copyOf(file, file.length + random.nextInt(1, 100));
    }
  },
  BITS_FLIPPED {
    @Override
    byte[] apply(byte[] file, Random random) {
      for (int flips = random.nextInt(1, 4); flips > 0 && file.length > 0; flips--) {
        file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      }
      return file;
    }
  },
  BYTES_OVERWRITTEN {
    @Override
    byte[] apply(byte[] file, Random random) {
      int from = random.nextInt(file.length + 1);
      int to = Math.min(file.length, from + random.nextInt(1, 9));
      Arrays.fill(file, from, to, Nonsense.pick(LIKELY, random));
      return file;
    }
  },
  NUMBER_OVERWRITTEN {
    @Override
    byte[] apply(byte[] file, Random random) {
      int width = random.nextBoolean() ? Integer.BYTES : Long.BYTES;
      if (file.length >= width) {
        int at = random.nextInt(file.length - width + 1) & -(1 << random.nextInt(4));
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long number = Nonsense.number(random);
        if (width == Integer.BYTES) {
          buffer.putInt(at, (int) number);
        } else {
          buffer.putLong(at, number);
        }
      }
      return file;
    }
  },
  PART_MOVED {
    @Override
    byte[] apply(byte[] file, Random random) {
      int length = random.nextInt(file.length / 2 + 1);
      int from = random.nextInt(file.length - length + 1);
      int to = random.nextInt(file.length - length + 1);
      System.arraycopy(file.clone(), from, file, to, length);
      return file;
    }
  };

  private static final List<Byte> LIKELY =
      List.of((byte) 0, (byte) 1, (byte) 4, (byte) 8, (byte) 0x7f, (byte) 0x80, (byte) 0xff);

  /** Returns the file changed; the array may be that given. */
  abstract byte[] apply(byte[] file, Random random);
}
