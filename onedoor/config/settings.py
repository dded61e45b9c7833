"""The one settings module: what differs between installations comes from the environment.

``ONEDOOR_MODE`` is ``demo`` (loopback, demonstration logins), ``test`` or ``production`` (default).
"""

import importlib.util
import os
import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlparse

from onedoor.config.home import home, secret
from onedoor.config.mode import mode

MODE = mode()
DEMO = MODE == "demo"
TESTING = MODE == "test"
DEBUG = False
# A demonstration shown at night lives at an hour when its centres are open; production knows one time only.
CLOCK_SHIFT = timedelta(seconds=int(os.environ.get("ONEDOOR_CLOCK_SHIFT", "0")) if DEMO or TESTING else 0)
HOME = home()
SECRET_KEY = os.environ.get("ONEDOOR_SECRET_KEY") or secret("session-key")
PUBLIC_ADDRESS = os.environ.get("ONEDOOR_ADDRESS", "http://127.0.0.1:8000")
ALLOWED_HOSTS = os.environ.get("ONEDOOR_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]

# What is built; the contracts in .importlinter also name what is planned.
CONTEXTS = ["access", "catalogue", "people", "centres", "notices", "documents", "payments", "queue", "cases"]
CONTEXTS += ["voice", "monitoring", "planning"]
DOORS = ["citizen", "kiosk", "board", "desk", "office", "console", "exchange"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "onedoor.kernel",
    *[f"onedoor.domain.{name}" for name in CONTEXTS],
    *[f"onedoor.doors.{name}" for name in DOORS],
    "onedoor.ui",
]
if TESTING and importlib.util.find_spec("tests"):
    INSTALLED_APPS.append("tests.kernel.notes")
AUTH_USER_MODEL = "access.Login"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "onedoor.config.lanes.Static",
    "onedoor.config.lanes.Compression",
    "onedoor.config.lanes.Sessions",
    "onedoor.config.language.Language",
    "django.middleware.common.CommonMiddleware",
    "onedoor.config.lanes.FormTokens",
    "onedoor.config.lanes.Users",
    "onedoor.config.lanes.Messages",
    "onedoor.config.lanes.Frames",
    "onedoor.config.lanes.Policy",
    "allauth.account.middleware.AccountMiddleware",
    "onedoor.config.guard.Guard",
]

ROOT_URLCONF = "onedoor.config.urls"
WSGI_APPLICATION = "onedoor.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [os.path.join(os.path.dirname(__file__), "templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

_database = urlparse(os.environ.get("DATABASE_URL", ""))
DATABASES = {
    "default": {
        "ENGINE": "onedoor.config.database",
        "NAME": unquote(_database.path.lstrip("/")) or "onedoor",
        "USER": unquote(_database.username or "onedoor"),
        "PASSWORD": unquote(_database.password or ""),
        # Not `hostname`: that lowers a socket's path.
        "HOST": unquote(re.sub(r":\d*$", "", _database.netloc.rpartition("@")[2])),
        "PORT": str(_database.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Django turns prepared statements off unless a threshold is named here.
        "OPTIONS": {"prepare_threshold": 5, "application_name": "onedoor", "connect_timeout": 10},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "lo"
LANGUAGES = [("lo", "ລາວ"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "onedoor_language"
LOCALE_PATHS = [os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale")]
FORMAT_MODULE_PATH = ["onedoor.kernel.i18n.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Vientiane"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# Who carries messages to telephones: `file` (a folder of the home), `http` (a gateway), or nobody.
SMS: dict[str, Any] = {
    "provider": os.environ.get("ONEDOOR_SMS", "file" if DEMO or TESTING else ""),
    "address": os.environ.get("ONEDOOR_SMS_ADDRESS", ""),
    "secret": os.environ.get("ONEDOOR_SMS_SECRET", ""),
    "timeout": float(os.environ.get("ONEDOOR_SMS_SECONDS", "10")),
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SILENCED_SYSTEM_CHECKS: list[str] = []

# Logins, sessions and headers; what is logged and counted.
from onedoor.config.observing import *  # noqa: E402, F403
from onedoor.config.security import *  # noqa: E402, F403
