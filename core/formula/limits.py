"""What bounds a typed formula, so that no text can cost more than a few milliseconds.

The parser, the graph and the catalogue read these numbers; they are written nowhere else.
"""

CHARACTERS = 400
NODES = 200  # of the syntax tree
DEPTH = 40  # of brackets, signs and powers inside one another
PARAMETERS = 16
NAME_CHARACTERS = 24
EXPONENT = 64  # largest constant exponent, either sign
CONSTANT = 1e12  # largest number that may be typed
GRAPH_NODES = 1500  # of the graph of value, gradient and Hessian together
GRAPH_NODES_BUILT = 8000  # with those that simplification leaves behind
SHOWN_NODES = 160  # a derivative longer than this is described, not printed
COMPILED = 64  # formulas whose native code is kept
