// The character references that JSX knows: those of HTML 4, https://www.w3.org/TR/html401/sgml/entities.html

/** U+00A0 to U+00FF, in order. */
const LATIN_1 =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute " +
  "micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig " +
  "Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash " +
  "Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc " +
  "euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml " +
  "yacute thorn yuml";

const OTHERS: readonly (readonly [name: string, code: number])[] = [
  ["quot", 0x22],
  ["amp", 0x26],
  ["apos", 0x27],
  ["lt", 0x3c],
  ["gt", 0x3e],
  ["OElig", 0x152],
  ["oelig", 0x153],
  ["Scaron", 0x160],
  ["scaron", 0x161],
  ["Yuml", 0x178],
  ["fnof", 0x192],
  ["circ", 0x2c6],
  ["tilde", 0x2dc],
  ["ensp", 0x2002],
  ["emsp", 0x2003],
  ["thinsp", 0x2009],
  ["zwnj", 0x200c],
  ["zwj", 0x200d],
  ["lrm", 0x200e],
  ["rlm", 0x200f],
  ["ndash", 0x2013],
  ["mdash", 0x2014],
  ["lsquo", 0x2018],
  ["rsquo", 0x2019],
  ["sbquo", 0x201a],
  ["ldquo", 0x201c],
  ["rdquo", 0x201d],
  ["bdquo", 0x201e],
  ["dagger", 0x2020],
  ["Dagger", 0x2021],
  ["bull", 0x2022],
  ["hellip", 0x2026],
  ["permil", 0x2030],
  ["prime", 0x2032],
  ["Prime", 0x2033],
  ["lsaquo", 0x2039],
  ["rsaquo", 0x203a],
  ["oline", 0x203e],
  ["frasl", 0x2044],
  ["euro", 0x20ac],
  ["image", 0x2111],
  ["weierp", 0x2118],
  ["real", 0x211c],
  ["trade", 0x2122],
  ["alefsym", 0x2135],
  ["larr", 0x2190],
  ["uarr", 0x2191],
  ["rarr", 0x2192],
  ["darr", 0x2193],
  ["harr", 0x2194],
  ["crarr", 0x21b5],
  ["minus", 0x2212],
  ["lowast", 0x2217],
  ["infin", 0x221e],
  ["ne", 0x2260],
  ["equiv", 0x2261],
  ["le", 0x2264],
  ["ge", 0x2265],
  ["sdot", 0x22c5],
  ["loz", 0x25ca],
];

/** Code points by name; a reference that is not here stays as written. */
export const ENTITIES: ReadonlyMap<string, number> = new Map([
  ...LATIN_1.split(" ").map((name, i): readonly [string, number] => [name, 0xa0 + i]),
  ...OTHERS,
]);
