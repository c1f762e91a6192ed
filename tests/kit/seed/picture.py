"""Draws the pictures of the world: PNG files made of numbers, so that none has to lie in the repository."""
import math
import struct
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, colour):
    """A picture; colour(x, y) gives red, green and blue of a point."""
    rows = b"".join(b"\0" + bytes(part for x in range(width) for part in colour(x, y)) for y in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def white_rose(width=480, height=360):
    """A white rose before an evening wall."""
    middle = (width * 0.52, height * 0.44)

    def colour(x, y):
        dx, dy = x - middle[0], y - middle[1]
        away = math.hypot(dx, dy * 1.08)
        turn = math.atan2(dy, dx)
        edge = 112 + 9 * math.sin(5 * turn + 0.6)
        if away < edge:
            petal = math.sin(away / 8.5 - 2 * turn + 0.8 * math.sin(3 * turn))
            light = 232 + 18 * petal - away * 0.16
            return int(min(255, light)), int(min(255, light - 3)), int(max(0, min(255, light - 16)))
        if abs(dx + (y - middle[1]) * 0.08) < 5 and dy > 0:
            return 62, 98, 58
        leaf = ((dx + 66) / 58) ** 2 + ((dy - 128) / 24) ** 2
        if leaf < 1:
            return int(70 + 18 * (1 - leaf)), int(116 + 24 * (1 - leaf)), 66
        dusk = y / height
        brick = 7 if (y // 24) % 2 and (x + 20 * (y // 24)) % 60 < 2 or y % 24 < 2 else 0
        return int(126 - 36 * dusk) - brick, int(92 - 26 * dusk) - brick, int(104 + 8 * dusk) - brick

    return png(width, height, colour)
