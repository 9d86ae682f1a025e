"""Makes photo.json: a drawn photo as JPEG, and what Pillow and torchvision make of parts of it.

python3 photo.py > photo.json    # Pillow 9.4, torchvision 0.14
"""

import base64
import io
import json

import numpy
from PIL import Image
from torchvision.transforms import functional

SIZE = 32


def photo(height, width):
    """Soft waves of each colour, and noise."""
    random = numpy.random.RandomState(1)
    y, x = numpy.mgrid[:height, :width]
    waves = [numpy.sin(x / a + c) + numpy.cos(y / b - c) for a, b, c in ((17, 23, 0), (31, 11, 1), (13, 29, 2))]
    levels = 128 + 50 * numpy.stack(waves, 2) + random.normal(0, 6, (height, width, 1))
    return Image.fromarray(levels.clip(0, 255).astype(numpy.uint8))


def text(image):
    return base64.b64encode(numpy.asarray(image).transpose(2, 0, 1).tobytes()).decode()


def main():
    file = io.BytesIO()
    photo(203, 311).save(file, "JPEG", quality=80, subsampling="4:2:0")
    image = Image.open(io.BytesIO(file.getvalue())).convert("RGB")
    parts = [[37, 51, 60, 45], [0, 0, 203, 63], [1, 3, 20, 17], [150, 260, 53, 51], [5, 7, 190, 301]]
    print(
        json.dumps(
            {
                "jpeg": base64.b64encode(file.getvalue()).decode(),
                "size": SIZE,
                "parts": [
                    {"region": p, "picture": text(functional.resized_crop(image, *p, [SIZE, SIZE]))} for p in parts
                ],
                "centre": {"resize": 40, "picture": text(functional.center_crop(functional.resize(image, 40), SIZE))},
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
