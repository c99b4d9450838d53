"""Adds the letters with a breve of Jrai, Bahnar and Ede to Be Vietnam Pro.

    python3 -m pip install fonttools==4.68.0
    python3 add_letters.py FROM.ttf TO.ttf

The typeface has the letters and the breve, but no glyph for both together. Drawn from two glyphs they look right, yet a PDF then gives the
wrong text back ("Đoŏng" for "Đŏng"), so that a name on a form can be neither found nor copied. This makes one glyph of each pair, with the
breve where the typeface's own anchors put it. Nothing else of the font changes.
"""

import sys

from fontTools.otlLib.builder import buildLigatureSubstSubtable, buildLookup
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

BREVE = "uni0306"
# Letters that Unicode knows as one character: the base glyph and the character.
SINGLE = {"e": 0x115, "E": 0x114, "dotlessi": 0x12D, "I": 0x12C, "o": 0x14F, "O": 0x14E, "u": 0x16D, "U": 0x16C}
# Letters that Unicode writes as a base and U+0306.
PAIRS = ["ecircumflex", "Ecircumflex", "ocircumflex", "Ocircumflex", "ohorn", "Ohorn", "uhorn", "Uhorn", "b", "B"]


def anchors(font):
    """The point of the breve, and the point of each base that it goes to."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if table.LookupType == 4 and BREVE in table.MarkCoverage.glyphs:
                mark = table.MarkArray.MarkRecord[table.MarkCoverage.glyphs.index(BREVE)]
                bases = {}
                for glyph, record in zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord):
                    anchor = record.BaseAnchor[mark.Class]
                    if anchor:
                        bases[glyph] = (anchor.XCoordinate, anchor.YCoordinate)
                return (mark.MarkAnchor.XCoordinate, mark.MarkAnchor.YCoordinate), bases
    raise SystemExit("the font has no anchors for the breve")


def with_breve(font, base, mark, bases):
    """Adds the glyph of a base with its breve."""
    # The typeface gives no point on b: the one of h, which has the same stem.
    x, y = bases.get(base) or bases["h"]
    name = base + "_breve"
    parts = []
    for part, dx, dy in [(base, 0, 0), (BREVE, x - mark[0], y - mark[1])]:
        component = GlyphComponent()
        component.glyphName, component.x, component.y, component.flags = part, dx, dy, 0x4
        parts.append(component)
    glyph = Glyph()
    glyph.numberOfContours, glyph.components = -1, parts
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (font["hmtx"][base][0], glyph.xMin)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = 1
    return name


def main(source, target):
    font = TTFont(source, recalcTimestamp=False)
    mark, bases = anchors(font)
    for base, character in SINGLE.items():
        name = with_breve(font, base, mark, bases)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[character] = name
    ligatures = {(base, BREVE): with_breve(font, base, mark, bases) for base in PAIRS}
    table = font["GSUB"].table
    table.LookupList.Lookup.append(buildLookup([buildLigatureSubstSubtable(ligatures)]))
    table.LookupList.LookupCount += 1
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "ccmp":
            record.Feature.LookupListIndex.append(table.LookupList.LookupCount - 1)
            record.Feature.LookupCount += 1
    font.save(target)


main(*sys.argv[1:])
