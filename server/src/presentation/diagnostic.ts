import { DiagnosticSeverity, type Diagnostic } from "vscode-languageserver/node";

import type { Finding } from "../finding.js";

/** What a code action needs to know its finding again. */
export interface DiagnosticData {
  readonly rule: string;
  readonly messageId: string;
}

/**
 * A finding as the editor shows it.
 *
 * @param uri the file's, for the sites that lie in it
 * @param withSites whether the client shows related information
 */
export function diagnosticOf(finding: Finding, uri: string, withSites: boolean): Diagnostic {
  const { message, messageId, range, rule, severity, sites, url } = finding;
  const data: DiagnosticData = { rule, messageId };
  return {
    source: "await-using",
    code: rule,
    ...(url === null ? {} : { codeDescription: { href: url } }),
    message,
    range,
    severity: severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    ...(withSites && sites.length > 0 ? { relatedInformation: sites.map((site) => ({ location: { uri: site.uri ?? uri, range: site.range }, message: site.says })) } : {}),
    data,
  };
}
