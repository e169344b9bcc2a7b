using Language;

// The code of docs/language.md: each example prints a line of what it did.
foreach (string name in Examples.All.Keys)
    Console.WriteLine($"{name}: {Examples.Run(name)}");
