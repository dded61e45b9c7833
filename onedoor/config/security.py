"""Logins, sessions, headers: what an installation demands of whoever comes in. Read into `settings`."""

import os

from onedoor.config.mode import mode

MODE = mode()
STRICT = MODE == "production"

# Sessions end with the browser and after a shift; an hour without a request locks them (guard).
SESSION_ENGINE = "onedoor.config.sessions"
SESSION_COOKIE_NAME = "__Host-onedoor" if STRICT else "onedoor_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = STRICT
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SESSION_LOCK_AFTER = 3600  # seconds without a request
SESSION_SEEN_EVERY = 300  # seconds between two notes that the session is in use
RIGHTS_CHECK_EVERY = 0.0 if MODE == "test" else 1.0  # seconds until a revocation holds in every process

DEVICE_COOKIE_NAME = "__Host-onedoor-device" if STRICT else "onedoor_device"
DEVICE_COOKIE_AGE = 400 * 24 * 3600  # the longest that browsers keep

# Requests a minute and web process: of one token, of one address without a token, and of one that tries secrets.
API_RATE = int(os.environ.get("ONEDOOR_API_RATE", "6000"))
API_PUBLIC_RATE = int(os.environ.get("ONEDOOR_API_PUBLIC_RATE", "1200"))
API_PROOF_RATE = int(os.environ.get("ONEDOOR_API_PROOF_RATE", "120"))
API_WRONG_RATE = int(os.environ.get("ONEDOOR_API_WRONG_RATE", "30"))

CSRF_COOKIE_NAME = "__Host-onedoor-csrf" if STRICT else "onedoor_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = STRICT

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if STRICT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = STRICT
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

# Passwords and second factors, by django-allauth.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if MODE == "test"
    else [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "onedoor.config.adapters.Accounts"
ACCOUNT_FORMS = {
    "login": "onedoor.config.forms.Entry",
    "change_password": "onedoor.config.forms.NewPassword",
    "reauthenticate": "onedoor.config.forms.Again",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = 0  # the web server has put the right address there (ONEDOOR_PROXY)
MFA_ADAPTER = "onedoor.config.adapters.SecondFactors"
MFA_FORMS = {"authenticate": "onedoor.config.forms.Code", "activate_totp": "onedoor.config.forms.FirstCode"}
MFA_SUPPORTED_TYPES = ["totp"]
MFA_TOTP_ISSUER = "OneDoor"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Attempts are counted over all processes of the node.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},  # so many that nobody can push counts out by making others
    }
}
