/** The script of the worker thread that scans contacts. */
import { serve } from "#host";
import { type BlockTask, type ContactWork, contactScanner } from "./contact-scan.ts";

serve((work: ContactWork) => {
  const scan = contactScanner(work);
  return (task: BlockTask) => {
    const answer = scan(task);
    return { answer, moved: [answer.block, answer.bytes.buffer, answer.numbers.buffer] };
  };
});
