/** A broad sample of syntax. Each is lowered by every parser that can read it, and the forms must be alike. */

/** Plain JavaScript with JSX. */
export const JS_SNIPPETS: Readonly<Record<string, string>> = {
  destructuring: "const a = 1, [b, , c = 1, ...d] = a, { e, f: { g = c }, [b]: h, ...i } = a;",
  strings: "const s = 'a\\n\\x41\\u0042\\u{1F600}\\\n b\\'' + \"\\0é\";",
  templates: "`x\\ty${a}\r\n${b}` + tag`\\u{zz}${c}\\n` + `${d}}` + `\\`${`$`}`;",
  literals: "let n = [1, 0x10, 1e3, 10n, .5, 1e999, true, null, undefined, /a[/]b/gi, , ...rest];",
  chains: "a?.b?.[c]?.(d)?.e; (a?.b).c; a.b['c'][`d`]; (((a)).b);",
  "private names": "class A { #x = 1; static { this.y = #x in this; } }",
  assignments: "x = y; x += 1; x ||= 2; x **= 3; x++; --x.y; [x, y.z] = w; ({ x, y: z.a = 3 } = w);",
  functions:
    "function f(a, { b, c = a }, [d] = [], ...rest) { var v = 1; return g(v); function g(x) { return x + v; } }",
  "async and generators":
    "const f = async (a) => { for await (const x of y) await x; }, g = function* h() { yield h; yield* 1; yield; };",
  loops:
    "label: for (let i = 0, j; i < 10; i++) { if (a) continue label; else if (b) break; else { const i = 2; i; } }",
  "more loops": "for (const k in o) k; for (x of y) x; while (a) b; do { c } while (d); for (;;) ;",
  switches: "switch (e) { case 1: let q = 1; break; default: q; }",
  errors:
    "try { a } catch ({ message, ...r }) { message } finally { c } try { a } catch { b } throw new Error('x');",
  classes:
    "class A extends B { static p = 1; get x() { return super.x } set x(v) {} static async *m() {} ['c'] = () => this; constructor() { super(); } }",
  "class expressions":
    "const C = class Named { self = Named; static s; }, D = class {}; export default class extends D {}",
  imports:
    "import a, { b as c, default as d, 'e-f' as g } from 'm'; import * as ns from 'n'; import 'side'; a(c, d, g, ns);",
  exports:
    "export { a as x, c }; export { y as default, z as 'q-r' } from 'o'; export * from 'p'; export * as w from 'q'; const a = 1, c = 2;",
  "exported declarations":
    "export const { a, b: [c] } = x, d = 1; export function e() {} export class F {} export default e;",
  "default arrow": "export default async () => { const m = await import('./x'); return import.meta.url; }",
  "default function": "export default function () { return new.target; }",
  "named default function": "export default function named() { return named; }",
  objects:
    "const o = { a, 'b c': 1, 3: 2, [d]: 4, e() {}, get f() { return 1 }, set f(v) {}, async *g() {}, ...h, __proto__: null, k: () => 1 };",
  jsx: "const j = <A.B x='a&amp;b&#x41;' y={1} {...z} w k-l><b>text &nbsp; {c} {/* no */}\n   more\n</b><></><motion.a/><x:y/></A.B>;",
  operators:
    "void 0, typeof a, delete a.b, !c, -d, +e, ~f; a ? b : c; (a, b); a && b || c; a + b * c - d; (a ?? b) in c;",
  comments:
    "/* eslint-disable klaviyo-scopes/no-unknown-scope */ a; // klaviyo-scope-audit-ignore-line no-unused-scope -- why\n/** @type {X} */ (a); // other",
  unicode: "const 名 = '😀', \\u0061b = 1; 名; ab; o.\\u0061b;",
  blocks: "debugger; ; { const a = 1; { var a2; function a() {} } a }",
  calls: "!function () { var hoisted; }(); (() => ({ a: 1 }))(); new (foo())(1, ...x); new Foo; require('x')",
};

/** TypeScript, without JSX. */
export const TS_SNIPPETS: Readonly<Record<string, string>> = {
  assertions:
    "const a: string = ['x'] as const, b = <Foo>y, c = z!, d = w satisfies Bar, e = [1] as unknown as number[], f = <const>1;",
  enums:
    "enum E { A, B, C = 'c', D = 5, F, G = A | B, 'h-i' = 1, J, K = `k` } const enum L { X = 'x' } declare enum M { Z } enum N { A = f(), B }",
  namespaces:
    "namespace N { export const a = 1; export function f() { return a; } const hidden = 2; export namespace M { export const b = hidden; } } namespace O.P.Q { export let r = 1 }",
  ambient:
    "declare module 'x' { export const y: string; } declare global { interface Window { a: 1 } } declare const z: string; declare function ff(): void; declare class C {}",
  "type imports":
    "import type { T } from 't'; import { type U, V } from 'u'; import fs = require('fs'); import W = V.W; export type { T }; export import X = V.X;",
  "export assignment": "export = foo;",
  "decorated class":
    "@Component({ a: 1 }) class A<T> extends B<T> implements C, D.E<F> { @Input() x?: string; constructor(private readonly api: ProfilesApi, public b = 1, @Inject(X) c?: C, @P() { d }: E = {}) { super(); this.x = 'a'; } declare y: number; accessor z = 1; m(): void; m(a?: string): void {} [key: string]: unknown }",
  "abstract class":
    "abstract class A { abstract x: string; abstract m(): void; protected abstract get y(): string; static override z = 1; }",
  interfaces:
    "interface I extends J<K>, L.M { a: string; b?: 'x' | 'y'; c(): ProfilesApi; readonly d: () => Promise<X>; get e(): F; [k: string]: unknown } type T = { a: I['a'] } & { b: 1 };",
  types:
    "type A = 'a' | 'b' | null; type B = keyof typeof TABLE; type C = (typeof LIST)[number]; type D = InstanceType<typeof Foo>; type E = ReturnType<typeof f>; type F = readonly string[]; type G = ['a', 'c'?, ...string[]]; type H = Awaited<X> extends Y ? Z : never; type I = `x${string}`; type J = import('y').Z; type K = typeof import('z'); type L = unique symbol; type M = -1 | 1n;",
  signatures:
    "function f(this: Foo, { api, ...rest }: { api: ProfilesApi }, { b }: Props, [c]: X[] = [], ...d: Y[]): Promise<Z> {} f<string, Foo>(1); new G<H>(); x = f<string>; a<T>`x`;",
  overloads:
    "function over(a: string): void; function over(a: number): void; function over(a: any) {} export default function ex(): void; export default function ex() {}",
  variables:
    "let x: string, y!: Foo; const f = <T,>(a: T): a is T => true; for (const k of o as any) k; (x as any) = 1; x! = 2; [a as B] = c;",
  "exported types":
    "export abstract class A {} export declare class B {} export enum C { D } export namespace E {} export default interface F {}",
  decorators:
    "@dec export class A {} export class Holder { @dec() static m(@p() a) {} } export default @dec class {}",
  predicates:
    "function assertIsString(val: any): asserts val is string {} let o = { m<T>(this: X): void {}, get x(): string { return '' } };",
};

/** What only TypeScript's parsers know of JSX. */
export const TSX_SNIPPETS: Readonly<Record<string, string>> = {
  "type arguments": "const t = <Table<Row, 'x'> rows={[]}>{...children}</Table>;",
};
