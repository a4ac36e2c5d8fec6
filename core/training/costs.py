"""What looking closely at networks costs, without torch: the catalogue says it with the choice."""

SHARPNESS_IMAGES = 256  # of the training images: the loss that is looked at is the mean over these
SHARPNESS_PRODUCTS = 30  # of Hessian and vector, at most, each as dear as two gradients
LANDSCAPE_IMAGES = 512  # of the training images: the loss that is drawn is the mean over these
LANDSCAPE_SIDES = (9, 25)  # points of a side: a first sketch, then the picture

COSTS = {
    "sharpness_images": SHARPNESS_IMAGES,
    "sharpness_products": SHARPNESS_PRODUCTS,
    "landscape_images": LANDSCAPE_IMAGES,
    "landscape_points": sum(side * side for side in LANDSCAPE_SIDES),
}
