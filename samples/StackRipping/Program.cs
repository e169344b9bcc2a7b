using StackRipping;

// The code of docs/why.md: one function that waits, with its stack ripped by hand, and tamed.
Console.WriteLine($"ripped: {Runs.Ask(Runs.Ripped, [7, 7, 9])}");
Console.WriteLine($"tamed: {Runs.Ask(Runs.Tamed, [7, 7, 9])}");
