// Signs in and prints the cookies: node signin.mjs URL LOGIN PASSWORD
import { agent, signIn } from './client.mjs';

console.log((await signIn(...process.argv.slice(2, 5))).cookie);
agent.destroy();
