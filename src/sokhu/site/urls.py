from django.urls import include, path

urlpatterns = [path("", include("sokhu.web.urls"))]
