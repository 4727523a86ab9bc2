"""Django's settings. What an installation may change comes from `environment.py`."""

from __future__ import annotations

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from sokhu.site.environment import Environment

ENVIRONMENT = Environment.read()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
BOOK = ENVIRONMENT.book
UPLOADS = ENVIRONMENT.data / "uploads"
UPLOAD_LIMIT_BYTES = 30 * 1024 * 1024

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "sokhu.kit.sealing",
    "sokhu.kit.jobs",
    "sokhu.kit.registers",
    "sokhu.areas.accounts",
    "sokhu.areas.catalogue",
    "sokhu.areas.calendar",
    "sokhu.areas.sources",
    "sokhu.areas.ledger",
    "sokhu.areas.zones",
    "sokhu.areas.infrastructure",
    "sokhu.areas.projects",
    "sokhu.areas.reporting",
    "sokhu.areas.findings",
    "sokhu.areas.publications",
    "sokhu.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sokhu.web.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sokhu.web.guards.bounded_session",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "sokhu.web.guards.SecondFactorGate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sokhu.web.middleware.one_catalogue",
    "sokhu.web.middleware.ProblemPages",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "sokhu.site.urls"
WSGI_APPLICATION = "sokhu.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sokhu.web.context.shell",
            ]
        },
    }
]

SQLITE_OPTIONS = {
    # A writer takes the lock at once, so that the chain head it reads is the newest.
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA recursive_triggers=ON; "  # append-only holds against INSERT OR REPLACE as well
    "PRAGMA cache_size=-64000;",  # 64 MB: with 2, what an index needs of a long register is read again and again
}
SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": ENVIRONMENT.data / "book.sqlite3"}
DATABASES = {
    "default": dict(dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=60))
    if ENVIRONMENT.database_url
    else SQLITE
}
if DATABASES["default"]["ENGINE"] == SQLITE["ENGINE"]:
    DATABASES["default"] |= {"OPTIONS": SQLITE_OPTIONS}  # whichever file: the lock of writers rests on them
ENGINE_FOLDER = ENVIRONMENT.data / "engine"  # columnar copies; each tells which ledger and moment it is of
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "sokhu.web.middleware.forbidden"
LOGIN_URL = "login"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "sokhu.web.middleware.locked_out"
AXES_VERBOSE = False
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds that a link to set a password counts

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATIC_ROOT = ENVIRONMENT.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = ENVIRONMENT.session_hours * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
