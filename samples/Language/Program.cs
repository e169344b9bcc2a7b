using Language;

// The code of docs/language.md. Each example prints its steps in one line.
foreach (string name in Examples.All.Keys)
    Console.WriteLine($"{name}: {Examples.Run(name)}");
