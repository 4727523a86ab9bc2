"""KML and KMZ: always WGS 84, longitude before latitude. Links to other files are counted, never followed."""

from __future__ import annotations

from lxml import etree

from sokhu.core.problems import Problem
from sokhu.documents import guard
from sokhu.documents.geo.raw import Area, Found, words
from sokhu.documents.geo.systems import WGS84

Ring = list[tuple[float, float]]


def read(data: bytes) -> Found:
    """Every area of the file. Raises Problem: geo.not_kml, geo.entities, and those of `Found`."""
    root = _root(data)
    found = Found(system=WGS84)
    for placemark in _all(root, "Placemark"):
        name = _text(placemark, "name")
        polygons = [_polygon(one, found, name) for one in _all(placemark, "Polygon")]
        if not polygons:
            polygons = [[line] for line in _closed_lines(placemark, found, name)]
            found.closed_lines += len(polygons)
        if polygons:
            found.add(Area(name, polygons, words(_extended(placemark))))
        else:
            found.left_out += 1
    found.left_out += len(_all(root, "NetworkLink"))
    return found


def read_packed(package: guard.Package) -> Found:
    """A KMZ: its first .kml, the one at the top before all others. Raises what `read` and the guard raise."""
    names = sorted((name for name in package.names() if name.lower().endswith(".kml")), key=lambda one: one.count("/"))
    return read(package.read(names[0]))


def _root(data: bytes) -> etree._Element:
    # Entities are neither resolved nor fetched: the reader would otherwise put files of this machine into names.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Problem("geo.not_kml", found=str(error)[:80]) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Problem("geo.entities")
    if _local(root) != "kml":
        raise Problem("geo.not_kml", found=f"<{_local(root)[:40]}>")
    return root


def _polygon(polygon: etree._Element, found: Found, where: str) -> list[Ring]:
    outer = [_ring(one, found, where) for side in _all(polygon, "outerBoundaryIs") for one in _all(side, "coordinates")]
    inner = [_ring(one, found, where) for side in _all(polygon, "innerBoundaryIs") for one in _all(side, "coordinates")]
    return outer[:1] + inner


def _closed_lines(placemark: etree._Element, found: Found, where: str) -> list[Ring]:
    lines = [
        _ring(one, found, where)
        for kind in ("LineString", "LinearRing")
        for line in _all(placemark, kind)
        for one in _all(line, "coordinates")
    ]
    return [line for line in lines if len(line) > 3 and line[0] == line[-1]]


def _ring(coordinates: etree._Element, found: Found, where: str) -> Ring:
    ring = []
    for triple in (coordinates.text or "").split():
        parts = triple.split(",")
        try:
            x, y = float(parts[0]), float(parts[1])
        except (ValueError, IndexError) as error:
            raise Problem("geo.not_a_coordinate", where=where, found=triple[:60]) from error
        ring.append(found.point(x, y, where))
    return ring


def _extended(placemark: etree._Element) -> list[tuple[object, object]]:
    pairs: list[tuple[object, object]] = []
    for one in placemark.iter():
        if _local(one) == "SimpleData":
            pairs.append((one.get("name") or "", one.text or ""))
        elif _local(one) == "Data":
            pairs.append((one.get("name") or "", _text(one, "value")))
    return pairs


def _all(element: etree._Element, name: str) -> list[etree._Element]:
    """By local name: KML has had several namespaces, and some programs write none."""
    return [one for one in element.iter() if _local(one) == name]


def _text(element: etree._Element, name: str) -> str:
    child = next((one for one in element if _local(one) == name), None)
    return " ".join((child.text or "").split())[:200] if child is not None else ""


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
