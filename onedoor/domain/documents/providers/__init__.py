"""Adapters: the typesetter (WeasyPrint), the seal (pyHanko), Lao line breaks (ICU)."""
