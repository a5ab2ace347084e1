export declare const STAGES: readonly string[];
export declare const SHARED_TYPES: readonly string[];
