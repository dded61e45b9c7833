"""The reform laboratory as pure rules: the past as it is read, the walk through a version, what came of it, how sure that is."""
