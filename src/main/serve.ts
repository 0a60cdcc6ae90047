import { keepCompiled } from "./compiled.ts";
import { giveBackMemory } from "./memory.ts";

giveBackMemory();
keepCompiled();
await import("./server.ts");
