"""Boundaries out of files: GeoJSON, KML, KMZ and zipped shapefiles, in WGS 84 or VN-2000. Nothing here knows Django."""

from sokhu.documents.geo.measure import Overlap, area_ha, grid_area_ha, overlaps, simplified
from sokhu.documents.geo.reading import read_shapes
from sokhu.documents.geo.shape import Shape
from sokhu.documents.geo.systems import CHOICES, System, system_named

__all__ = [
    "CHOICES",
    "Overlap",
    "Shape",
    "System",
    "area_ha",
    "grid_area_ha",
    "overlaps",
    "read_shapes",
    "simplified",
    "system_named",
]
