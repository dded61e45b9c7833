"""How OneDoor looks: base templates, components, design tokens, icons."""
