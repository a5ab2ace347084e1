/** Pictures of an edit that only moved things: made from an earlier picture, and no more of it than is asked for. */
import type { Picture } from "../audit/picture.js";
import type { Judgement } from "../audit/rule.js";
import { movePlaces, type Move } from "./shift.js";

/** Where a picture came from. */
export interface Origin {
  /** The picture before the edit. */
  before: Picture;
  /** The edited file. */
  file: string;
  move: Move;
}

/** All that a picture knows besides its apps. */
export type Surroundings = Omit<Picture, "apps">;

/** The last picture whose apps are at hand, and all edits since. */
interface Chain {
  apps: Picture["apps"];
  moves: readonly Move[];
}

/** Edits after which the apps are moved even if nobody asks for them: what a chain holds on to stays small. */
const LONGEST = 16;

const origins = new WeakMap<Picture, Origin>();
const chains = new WeakMap<Picture, Chain>();

/** Where a picture was moved from; undefined for one that was detected. */
export function originOf(picture: Picture): Origin | undefined {
  return origins.get(picture);
}

/**
 * The picture after an edit that only moved things.
 * @param detect Finds the apps anew: needed where a place cannot be moved.
 */
export function movedPicture(
  { before, file, move }: Origin,
  around: Surroundings,
  detect: () => Picture["apps"],
): Picture {
  const { apps, moves } = chains.get(before) ?? { apps: before.apps, moves: [] };
  const chain = { apps, moves: [...moves, move] };
  const moved = (): Picture["apps"] => movePlaces(apps, file, inTurn(chain.moves)) ?? detect();
  let found = chain.moves.length < LONGEST ? null : moved();
  const picture: Picture = {
    ...around,
    get apps() {
      if (found === null) {
        found = moved();
        chains.delete(picture);
      }
      return found;
    },
  };
  if (found === null) chains.set(picture, chain);
  // One step back is enough, and what lies behind it can go.
  origins.delete(before);
  origins.set(picture, { before, file, move });
  return picture;
}

function inTurn(moves: readonly Move[]): Move {
  return (offset, side) => {
    let at: number | null = offset;
    for (const move of moves) {
      if (at === null) return null;
      at = move(at, side);
    }
    return at;
  };
}

/** What is shown of a judgement. */
export type Shown = Omit<Judgement, "app">;

/** Judgements of the picture before, after the edit; null where one of their places cannot be moved. */
export function movedJudgements(judgements: readonly Shown[], { file, move }: Origin): Shown[] | null {
  const out: Shown[] = [];
  for (const judgement of judgements) {
    const { place, related, fix, suggestions } = judgement;
    const places = movePlaces({ place, related }, file, move);
    const edits = movePlaces({ fix, suggestions }, file, bothSides(move));
    if (places === null || edits === null) return null;
    out.push({ ...judgement, ...places, ...edits });
  }
  return out;
}

/** An edit may begin where a thing ends: only where both sides of an offset stay together it is known where it went. */
function bothSides(move: Move): Move {
  return (offset) => {
    const start = move(offset, "start");
    return start === move(offset, "end") ? start : null;
  };
}

/** A picture that notes whose text or lines somebody looked at, which an edit changes. */
export function watched(picture: Picture): { picture: Picture; looked: ReadonlySet<string> } {
  const looked = new Set<string>();
  const { config, configFile, catalog } = picture;
  return {
    looked,
    picture: {
      config,
      configFile,
      catalog,
      get apps() {
        return picture.apps;
      },
      text(file) {
        looked.add(file);
        return picture.text(file);
      },
      position(file, offset) {
        looked.add(file);
        return picture.position(file, offset);
      },
    },
  };
}
