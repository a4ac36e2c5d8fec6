"""The web face of Thalweg: no mathematics, no HTML."""
