/** The script of a worker thread that reads contacts. */
import { serve } from "../threads.ts";
import { type BlockTask, type ContactWork, contactBlockReader } from "./contact-block.ts";

serve((work: ContactWork) => {
  const read = contactBlockReader(work);
  return (task: BlockTask) => ({ answer: read(task), moved: [] });
});
