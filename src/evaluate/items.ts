/** Items of lists: those that are there, and those that are not in every branch. */
import { conjoin, type Condition, type ListItem, type Thunk } from "./values.js";

/** An item that is there, and is written nowhere of its own. */
export function plainItem(values: Thunk): ListItem {
  return { values, optional: false, rest: false, origin: null };
}

/** Whether all of some conditions are among others. */
export function implies(given: readonly Condition[], all: readonly Condition[]): boolean {
  return all.every(({ branch, way }) => given.some((one) => one.branch === branch && one.way === way));
}

/** An item that may be absent, whatever else is so. */
export function perhaps(item: ListItem): ListItem {
  const { branch } = item;
  return {
    ...item,
    optional: true,
    ...(branch === undefined ? {} : { branch: { ...branch, surely: false } }),
  };
}

/** An item as it stands in a list that is put in where `when` holds; null where it never is. */
export function inBranch(item: ListItem, when: readonly Condition[], surely = true): ListItem | null {
  if (when.length === 0) return surely ? item : perhaps(item);
  const both = conjoin(item.branch?.when ?? [], when);
  if (both === null) return null;
  const isSure = surely && (!item.optional || item.branch?.surely === true);
  return { ...item, optional: true, branch: { when: both, surely: isSure } };
}
