/** `eslint-plugin-klaviyo-scopes/audit`: the audit as a function. */
export { audit } from "./audit.js";
export { UserError } from "./errors.js";
export type { AuditOptions } from "./audit.js";
export type {
  Position,
  Report,
  ReportApp,
  ReportCall,
  ReportEdit,
  ReportFinding,
  ReportRequest,
  ReportSuggestion,
  ReportUnresolved,
  Span,
} from "../report/types.js";
