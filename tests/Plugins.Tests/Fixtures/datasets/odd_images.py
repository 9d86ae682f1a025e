"""Writes the odd images of ../odd-images, and in odd-images.json what Pillow makes of them: pixels as RGB, in base64.

    python3 odd_images.py

Made with Debian's python3-pil. Pictures have 16 x 16 pixels and change slowly, so that JPEG keeps them nearly as they are.
"""

import base64
import io
import json
import os

from PIL import Image

SIDE = 16
HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "..", "odd-images")


def picture(shift=0):
    image = Image.new("RGB", (SIDE, SIDE))
    image.putdata([(40 + 8 * x, 200 - 6 * y, (90 + 4 * (x + y) + shift) % 256) for y in range(SIDE) for x in range(SIDE)])
    return image


def saved(image, kind, **options):
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def ycck():
    """Pillow writes CMYK alone: the planes are made Y, Cb, Cr and K here, and Adobe's mark says so."""
    y, cb, cr = picture().convert("YCbCr").split()
    # Pillow writes the complement of what it is given, as Adobe does.
    planes = [band.point(lambda v: 255 - v) for band in (y, cb, cr)] + [Image.new("L", (SIDE, SIDE), 30)]
    file = bytearray(saved(Image.merge("CMYK", planes), "JPEG", quality=95))
    at = file.index(b"Adobe")
    assert file[at + 11] == 0
    file[at + 11] = 2
    return bytes(file)


def main():
    plain = picture()
    exif = Image.Exif()
    exif[0x0112] = 6
    alpha = plain.convert("RGBA")
    alpha.putalpha(Image.linear_gradient("L").resize((SIDE, SIDE)))
    grey16 = Image.new("I;16", (SIDE, SIDE))
    grey16.putdata([1000 + 250 * (x + SIDE * y) for y in range(SIDE) for x in range(SIDE)])
    jpeg = saved(plain, "JPEG", quality=95)
    files = {
        "cmyk.jpg": saved(plain.convert("CMYK"), "JPEG", quality=95),
        "ycck.jpg": ycck(),
        "progressive.jpg": saved(plain, "JPEG", quality=95, progressive=True),
        "exif-6.jpg": saved(plain, "JPEG", quality=95, exif=exif),
        "grey-16.png": saved(grey16, "PNG"),
        "palette.png": saved(plain.quantize(16), "PNG", transparency=0),
        "alpha.png": saved(alpha, "PNG"),
        "grey-alpha.png": saved(alpha.convert("LA"), "PNG"),
        "animated.gif": saved(plain.quantize(64), "GIF", save_all=True, append_images=[picture(90).quantize(64)]),
        "animated.webp": saved(plain, "WEBP", save_all=True, lossless=True, append_images=[picture(90)]),
        "cut-off.jpg": jpeg[: len(jpeg) * 2 // 3],
        "cut-off.png": saved(plain, "PNG")[:-30],
        "empty.jpg": b"",
        "page.jpg": b"<!DOCTYPE html><html><body>404</body></html>\n",
    }
    pixels = {}
    for name, content in files.items():
        with open(os.path.join(FOLDER, name), "wb") as file:
            file.write(content)
        if name.startswith(("cut-off", "empty", "page")):
            continue
        image = Image.open(io.BytesIO(content))
        if name == "exif-6.jpg":
            image = image.transpose(Image.Transpose.ROTATE_270)
        if name == "grey-16.png":
            values = [round(255 * v / 65535) for v in image.getdata()]
            image = Image.new("L", image.size)
            image.putdata(values)
        if image.mode in ("RGBA", "LA"):
            image = Image.merge("RGB" if image.mode == "RGBA" else "L", image.split()[:-1])
        pixels[name] = base64.b64encode(image.convert("RGB").tobytes()).decode()
    with open(os.path.join(HERE, "..", "odd-images.json"), "w") as file:
        json.dump(pixels, file, indent=1)
        file.write("\n")


main()
