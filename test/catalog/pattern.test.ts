import { describe, expect, it } from "vitest";
import { createCatalog, loadCatalog } from "../../src/catalog/index.js";
import type { OperationRow, Segment } from "../../src/catalog/types.js";

const catalog = loadCatalog();

/** `/api/lists/?/pro*` …: `?` is unknown, `**` is rest, `a*b` is partial. */
function pattern(path: string): Segment[] {
  return path
    .split("/")
    .slice(1)
    .map((text): Segment => {
      if (text === "?") return { kind: "unknown" };
      if (text === "**") return { kind: "rest" };
      const star = text.indexOf("*");
      if (star === -1) return { kind: "literal", text };
      return { kind: "partial", prefix: text.slice(0, star), suffix: text.slice(star + 1) };
    });
}

function ids(method: string | null, path: string, from = catalog): string[] {
  return from
    .matchPattern(method, pattern(path))
    .map(({ id }) => id)
    .sort();
}

describe("a path with unknown parts", () => {
  it("is the operation whose id the unknown segment can be, for every operation", () => {
    for (const operation of catalog.operations()) {
      const path = operation.path.replace(/\{\w+\}/g, "?");
      const found = catalog.matchPattern(operation.method, pattern(path));
      const expected = catalog.match(operation.method, path.replaceAll("?", "01H"));
      expect(found).toEqual([expected]);
    }
  });

  it.each<[string | null, string, string[]]>([
    ["GET", "/api/profiles/?", ["get_profile"]],
    ["get", "/profiles/?", ["get_profile"]],
    [null, "/api/profiles/?", ["get_profile", "update_profile"]],
    [
      "GET",
      "/api/tags/?/relationships/?",
      [
        "get_campaign_ids_for_tag",
        "get_flow_ids_for_tag",
        "get_list_ids_for_tag",
        "get_segment_ids_for_tag",
        "get_tag_group_id_for_tag",
      ],
    ],
    [
      "GET",
      "/api/?/?/tags",
      [
        "get_tags_for_campaign",
        "get_tags_for_campaign_message_beta",
        "get_tags_for_flow",
        "get_tags_for_list",
        "get_tags_for_segment",
        "get_tags_for_tag_group",
      ],
    ],
    ["GET", "/api/catalog-items/$custom:::$default:::*", ["get_catalog_item"]],
    ["GET", "/api/lists*", ["get_lists"]],
    ["GET", "/api/campaigns*", ["get_campaigns"]],
    ["GET", "/api/lists?page=*", ["get_lists"]],
    ["GET", "/api/lists/?/profiles?filter=*/x", ["get_profiles_for_list"]],
    ["GET", "/api/tag*", ["get_tag_groups", "get_tags"]],
    [
      "POST",
      "/api/*-values-reports",
      [
        "query_campaign_values",
        "query_customer_agent_skill_values_beta",
        "query_customer_agent_values_beta",
        "query_flow_values",
        "query_form_values",
        "query_segment_values",
      ],
    ],
    [
      "GET",
      "/api/tags/**",
      [
        "get_campaign_ids_for_tag",
        "get_flow_ids_for_tag",
        "get_list_ids_for_tag",
        "get_segment_ids_for_tag",
        "get_tag",
        "get_tag_group_for_tag",
        "get_tag_group_id_for_tag",
        "get_tags",
      ],
    ],
    ["PATCH", "/**/lists/?", ["update_list"]],
    ["GET", "/api/data-privacy-deletion-jobs/?", []],
    ["GET", "/api/nothing/?", []],
    ["GET", "/?", ["get_accounts"]],
    ["GET", "", []],
  ])("%s %s", (method, path, expected) => {
    if (path === "/?") expect(ids(method, path)).toEqual(expect.arrayContaining(expected));
    else expect(ids(method, path)).toEqual(expected);
  });

  it("lets a rest be anything, the method alone deciding", () => {
    expect(catalog.matchPattern("PUT", [{ kind: "rest" }])).toEqual([]);
    const writes = catalog.matchPattern("DELETE", pattern("/api/**"));
    const winners = catalog
      .operations()
      .filter((operation) => catalog.match("DELETE", operation.path.replace(/\{\w+\}/g, "1")) === operation);
    expect(new Set(writes)).toEqual(new Set(winners));
  });

  it("gives up on a path longer than any operation's, and on alternating rests", () => {
    expect(
      catalog.matchPattern(
        "GET",
        Array.from({ length: 10_000 }, () => ({ kind: "unknown" })),
      ),
    ).toEqual([]);
    const alternating = Array.from({ length: 2_000 }, (_, index): Segment => ({
      kind: index % 2 ? "unknown" : "rest",
    }));
    expect(catalog.matchPattern("GET", alternating)).toEqual([]);
  });
});

describe("a fixed segment beside an id", () => {
  const row = (id: string, method: OperationRow[2], path: string): OperationRow => [
    id,
    "",
    method,
    path,
    "T",
    "",
    id,
  ];
  const siblings = createCatalog({
    revision: "2030-01-01",
    betaRevision: "2030-01-01.pre",
    scopes: [],
    operations: [
      row("get_widget", "GET", "/api/widgets/{id}"),
      row("get_widget_parts", "GET", "/api/widgets/{id}/parts"),
      row("get_widget_stats", "GET", "/api/widgets/stats"),
      row("get_widget_totals", "GET", "/api/widgets/totals"),
      row("get_stats_days", "GET", "/api/widgets/stats/days"),
      row("reset_widget_stats", "POST", "/api/widgets/stats"),
    ],
    betaOperations: [
      row("get_widget_beta", "GET", "/api/widgets/{widget_id}"),
      row("update_widget_beta", "PATCH", "/api/widgets/{id}"),
    ],
  });

  it.each([
    ["GET", "/api/widgets/7", "get_widget"],
    ["GET", "/api/widgets/stats", "get_widget_stats"],
    ["GET", "/api/widgets/statsx", "get_widget"],
    ["GET", "/api/widgets/stats/days", "get_stats_days"],
    ["GET", "/api/widgets/stats/parts", "get_widget_parts"],
    ["PATCH", "/api/widgets/stats", "update_widget_beta"],
    ["POST", "/api/widgets/7", undefined],
  ])("%s %s is %s", (method, path, id) => {
    expect(siblings.match(method, path)?.id).toBe(id);
  });

  it.each<[string | null, string, string[]]>([
    ["GET", "/api/widgets/?", ["get_widget"]],
    ["GET", "/api/widgets/?/?", ["get_widget_parts"]],
    ["POST", "/api/widgets/?", ["reset_widget_stats"]],
    ["GET", "/api/widgets/st*", ["get_widget"]],
    ["POST", "/api/widgets/st*", ["reset_widget_stats"]],
    ["GET", "/api/widgets/stats*", ["get_widget_stats"]],
    [
      "GET",
      "/api/widgets/**",
      ["get_stats_days", "get_widget", "get_widget_parts", "get_widget_stats", "get_widget_totals"],
    ],
  ])("with unknown parts, %s %s", (method, path, expected) => {
    expect(ids(method, path, siblings)).toEqual(expected);
  });
});
