"""The citizen's door: finding a service and a centre, following a case, checking a document, having a say."""
