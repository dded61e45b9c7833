"""Registers the context with Django."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Voice: what people think of a visit, and what they complain about."""

    name = "onedoor.domain.voice"
    label = "voice"
    verbose_name = "Voice"
