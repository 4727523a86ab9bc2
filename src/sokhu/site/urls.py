from django.urls import include, path

urlpatterns = [path("", include("sokhu.web.urls"))]

handler403 = "sokhu.web.middleware.forbidden"
handler404 = "sokhu.web.middleware.not_found"
handler500 = "sokhu.web.middleware.failed"
