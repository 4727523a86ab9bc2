import pytest

from sokhu.core.data import load_toml, parsed_toml
from sokhu.core.problems import Problem


def test_a_packaged_file_is_read_by_its_path_below_the_catalogue():
    assert "number.unreadable" in load_toml("problems/number.toml")


def test_a_missing_file_is_told_by_name():
    with pytest.raises(Problem) as caught:
        load_toml("problems/nothing.toml")
    assert caught.value.code == "catalogue.missing"
    assert caught.value.params == {"found": "problems/nothing.toml"}


@pytest.mark.parametrize(
    ("content", "where"),
    [
        pytest.param(b"a = 1\nb = \n", "x.toml:2", id="a value is missing"),
        pytest.param(b"a = 1\nb = [", "x.toml:2", id="the file ends too early"),
        pytest.param("a = 1\nb = 'ở'\nc = 'é'".encode("latin-1", "xmlcharrefreplace"), "x.toml:3", id="not UTF-8"),
    ],
)
def test_bad_toml_is_told_with_its_line(content: bytes, where: str):
    with pytest.raises(Problem) as caught:
        parsed_toml(content, where="x.toml")
    assert (caught.value.code, caught.value.where) == ("catalogue.syntax", where)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_problem_with_a_data_file_has_its_sentence(lang: str):
    said = load_toml("problems/data.toml")
    assert set(said) == {"catalogue.syntax", "catalogue.missing"}
    assert all(sentences[lang].format(found="x", where="y") for sentences in said.values())
