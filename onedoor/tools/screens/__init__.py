"""`scripts/screens`: each page of each door, in each language and size, as pictures on one sheet, with what is wrong."""
