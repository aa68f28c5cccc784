"""What the fuzzers build files from: one byte chooses one of these fragments."""


def _cut(text: str) -> tuple[str, ...]:
    return tuple(text.split("¦"))


BODY = _cut(
    "<w:p>¦</w:p>¦<w:p><w:r><w:t>一、存在的问题</w:t></w:r></w:p>¦<w:r><w:t>题，</w:t></w:r>¦"
    '<w:r>¦</w:r>¦<w:t>¦</w:t>¦<w:t xml:space="preserve"> \t\n ¦（一）¦①¦1.¦<w:tbl>¦</w:tbl>¦'
    '<w:tr>¦</w:tr>¦<w:tc>¦</w:tc>¦<w:tcPr>¦</w:tcPr>¦<w:gridSpan w:val="3"/>¦<w:vMerge/>¦'
    '<w:vMerge w:val="restart"/>¦<w:gridBefore w:val="2"/>¦<w:pPr>¦</w:pPr>¦'
    '<w:pStyle w:val="A"/>¦<w:pStyle w:val="B"/>¦<w:outlineLvl w:val="0"/>¦<w:numPr>¦'
    '</w:numPr>¦<w:ilvl w:val="0"/>¦<w:ilvl w:val="8"/>¦<w:numId w:val="1"/>¦'
    '<w:numId w:val="2"/>¦<w:numId w:val="0"/>¦<w:ilvl w:val="-1"/>¦<w:rPr>¦</w:rPr>¦'
    '<w:vanish/>¦<w:vanish w:val="0"/>¦<w:tab/>¦<w:br/>¦<w:br w:type="page"/>¦<w:cr/>¦'
    '<w:ins w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z">¦</w:ins>¦<w:del>¦</w:del>¦'
    "<w:delText>¦</w:delText>¦<w:moveFrom>¦</w:moveFrom>¦<w:moveTo>¦</w:moveTo>¦<w:sdt>¦"
    "<w:sdtPr>¦<w:placeholder/>¦<w:showingPlcHdr/>¦</w:sdtPr>¦</w:sdt>¦<w:sdtContent>¦"
    "</w:sdtContent>¦<w:hyperlink>¦</w:hyperlink>¦<w:smartTag>¦</w:smartTag>¦"
    '<w:fldChar w:fldCharType="begin"/>¦<w:fldChar w:fldCharType="separate"/>¦'
    '<w:fldChar w:fldCharType="end"/>¦<w:instrText>TOC \\o</w:instrText>¦'
    '<w:fldSimple w:instr="PAGE">¦</w:fldSimple>¦<w:footnoteReference w:id="2"/>¦'
    '<w:footnoteReference w:id="x"/>¦<w:commentRangeStart w:id="1"/>¦'
    '<w:commentRangeEnd w:id="1"/>¦<w:commentReference w:id="1"/>¦'
    '<w:sym w:font="Wingdings" w:char="F0FE"/>¦<w:sym w:char="x"/>¦<w:noBreakHyphen/>¦'
    "<w:softHyphen/>¦<w:pict>¦</w:pict>¦<w:txbxContent>¦</w:txbxContent>¦<w:drawing>¦"
    "</w:drawing>¦<w:ruby>¦<w:rt>¦</w:rt>¦<w:rubyBase>¦</w:rubyBase>¦</w:ruby>¦<w:ptab/>¦"
    '<w:sectPr>¦</w:sectPr>¦<w:headerReference r:id="rId5"/>¦<w:altChunk/>¦&#x202e;¦&#10;¦'
    "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'>¦</m:oMath>¦"
    "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>¦"
    "<mc:Choice Requires='wps' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>¦"
    "<mc:Fallback xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>¦"
    "</mc:Choice>¦</mc:Fallback>¦</mc:AlternateContent>¦<!-- 注 -->¦<?x y?>¦<w:x/>"
)

LISTS = _cut(
    '<w:abstractNum w:abstractNumId="0">¦<w:abstractNum w:abstractNumId="1">¦</w:abstractNum>¦'
    '<w:lvl w:ilvl="0">¦<w:lvl w:ilvl="1">¦<w:lvl w:ilvl="8">¦<w:lvl w:ilvl="x">¦</w:lvl>¦'
    '<w:start w:val="0"/>¦<w:start w:val="1"/>¦<w:start w:val="-3"/>¦<w:start w:val="27"/>¦'
    '<w:start w:val="100000"/>¦<w:start w:val="999999999999999999999999999999"/>¦'
    '<w:start w:val="x"/>¦<w:numFmt w:val="decimal"/>¦<w:numFmt w:val="chineseCounting"/>¦'
    '<w:numFmt w:val="chineseCountingThousand"/>¦<w:numFmt w:val="chineseLegalSimplified"/>¦'
    '<w:numFmt w:val="upperRoman"/>¦<w:numFmt w:val="lowerLetter"/>¦'
    '<w:numFmt w:val="decimalEnclosedCircle"/>¦<w:numFmt w:val="ideographTraditional"/>¦'
    '<w:numFmt w:val="bullet"/>¦<w:numFmt w:val="none"/>¦<w:numFmt w:val="x"/>¦'
    '<w:numFmt w:val=""/>¦<w:lvlText w:val="%1."/>¦<w:lvlText w:val="（%1）"/>¦'
    '<w:lvlText w:val="%1.%2.%9"/>¦<w:lvlText w:val="%0%%x"/>¦<w:lvlText w:val="第%1条"/>¦'
    '<w:lvlText w:val=""/>¦<w:lvlText w:val="\uf0b7"/>¦<w:isLgl/>¦<w:suff w:val="nothing"/>¦'
    '<w:suff w:val="space"/>¦<w:lvlRestart w:val="0"/>¦<w:pStyle w:val="A"/>¦'
    '<w:numStyleLink w:val="A"/>¦<w:styleLink w:val="A"/>¦<w:num w:numId="1">¦'
    '<w:num w:numId="2">¦</w:num>¦<w:abstractNumId w:val="0"/>¦<w:abstractNumId w:val="1"/>¦'
    '<w:abstractNumId w:val="7"/>¦<w:lvlOverride w:ilvl="0">¦<w:lvlOverride w:ilvl="1">¦'
    '</w:lvlOverride>¦<w:startOverride w:val="5"/>'
)

STYLES = _cut(
    '<w:style w:type="paragraph" w:styleId="A">¦<w:style w:type="paragraph" w:styleId="B">¦'
    '<w:style w:type="paragraph" w:default="1" w:styleId="C">¦'
    '<w:style w:type="numbering" w:styleId="A">¦<w:style w:type="character" w:styleId="D">¦'
    '</w:style>¦<w:basedOn w:val="A"/>¦<w:basedOn w:val="B"/>¦<w:link w:val="D"/>¦'
    '<w:name w:val="heading 1"/>¦<w:name w:val="toc 1"/>¦<w:name w:val="x"/>¦<w:pPr>¦</w:pPr>¦'
    '<w:rPr>¦</w:rPr>¦<w:vanish/>¦<w:outlineLvl w:val="1"/>¦<w:docDefaults>¦</w:docDefaults>¦'
    '<w:numPr>¦</w:numPr>¦<w:numId w:val="1"/>¦<w:ilvl w:val="1"/>'
)

PAGE = _cut(
    "BT ¦ET ¦/F1 12 Tf ¦/F1 0 Tf ¦/F2 9 Tf ¦72 700 Td ¦0 -14 Td ¦200 0 Td ¦T* ¦"
    "(Rectification) Tj ¦(1. ) Tj ¦( ) Tj ¦() Tj ¦(12) Tj ¦[(ab) -900 (cd)] TJ ¦(x) ' ¦"
    "<4e00> Tj ¦q ¦Q ¦1 0 0 1 50 50 cm ¦0 1 -1 0 0 0 cm ¦0 0 0 0 0 0 cm ¦1e9 0 0 1e9 0 0 cm ¦"
    "72 700 m ¦500 700 l ¦72 600 l ¦S ¦72 600 400 100 re ¦72 650 400 .5 re ¦f ¦h ¦n ¦3 Tr ¦"
    "0 Tr ¦12 TL ¦5 Ts ¦200 Tz ¦-50 Tc ¦1 0 0 1 72 400 Tm ¦0 1 -1 0 72 400 Tm ¦9 w "
)

WORDS = _cut(
    "一、¦（一）¦1.¦（1）¦①¦一是¦第一，¦\n¦\n\n¦\r\n¦\r¦  ¦\u3000\u3000¦\t¦# ¦## ¦- ¦* ¦**¦> ¦"
    "|¦|-|-|¦```¦---¦===¦[^1]: ¦[^1]¦<!--¦-->¦`¦存在的问题¦服务群众意识不强，走访不够¦。¦；¦，¦"
    "：¦10人¦\ufeff¦\u202e¦\0¦\f¦\\¦"
    "题题题题题题题题题题题题题题题题题题题题题题题题题题题题题题¦"
    "年年年年年年年年年年年年年年年年年年年年年年年¦a¦=¦~~~¦\u200b¦\u2028¦\u0085¦😀¦目录¦"
    "........ 3¦1、"
)
