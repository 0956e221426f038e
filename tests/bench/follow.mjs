// Files a ticket and prints the path of its tracking page and the cookies that open it.
import { agent, followOwnTicket } from './client.mjs';

const { visitor, path } = await followOwnTicket(process.argv[2]);
console.log(`${path}\t${visitor.cookie}`);
agent.destroy();
