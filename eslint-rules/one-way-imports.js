import path from "node:path";
import { fileURLToPath } from "node:url";
import { SHARED_TYPES, STAGES } from "./stages.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Keeps imports between the stages pointing one way, `import()` and `export … from` included. */
export default {
  meta: {
    type: "problem",
    docs: { description: "keep imports between the stages pointing one way" },
    schema: [],
    messages: {
      upward: "`{{from}}` comes before `{{to}}` in the pipeline and must not import from it.",
      stageless: "Only the stages may be imported here, and `{{file}}` is in none.",
    },
  },
  create(context) {
    const from = relative(context.filename);
    const stage = stageOf(from);
    if (stage === -1) return {};

    function check(node) {
      const source = node.source;
      if (source?.type !== "Literal" || typeof source.value !== "string" || !source.value.startsWith("."))
        return;
      const file = relative(path.resolve(path.dirname(context.filename), source.value));
      if ((node.importKind === "type" || node.exportKind === "type") && SHARED_TYPES.includes(file)) return;
      const other = stageOf(file);
      if (other === -1) context.report({ node: source, messageId: "stageless", data: { file } });
      else if (other > stage) {
        context.report({
          node: source,
          messageId: "upward",
          data: { from: STAGES[stage], to: STAGES[other] },
        });
      }
    }

    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: (node) => check({ ...node, source: node.source ?? node.argument, importKind: "type" }),
    };
  },
};

function relative(file) {
  return path.relative(ROOT, file).replaceAll(path.sep, "/");
}

function stageOf(file) {
  return STAGES.findIndex((stage) => file.startsWith(`${stage}/`));
}
