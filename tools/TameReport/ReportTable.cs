using System.Globalization;
using Spectre.Console;

namespace Tame.Report;

/// <summary>Prints the methods as a table.</summary>
internal static class ReportTable
{
    public static void Print(IReadOnlyList<ReportedMethod> methods, IAnsiConsole console)
    {
        if (methods.Count == 0)
        {
            console.WriteLine("The project has no tamed methods.");
            return;
        }

        var table = new Table().AddColumns("method", "bytes", "waits in lines", "calls", "checkpoint", "since");
        var names = methods.ToDictionary(method => method.Calls.Key, method => method.Calls.DisplayName);
        foreach (var method in methods)
        {
            table.AddRow(
                new Text(method.Calls.DisplayName),
                new Text(method.Bytes.ToString(CultureInfo.InvariantCulture)),
                new Text(string.Join(", ", method.Waits)),
                new Text(string.Join("\n", method.Calls.Callees.Select(callee => names.GetValueOrDefault(callee, callee)))),
                new Text(!method.HasCheckpoint ? "" : method.Calls.HasOut ? "throws" : "yes"),
                new Text(string.Join(" → ", method.Cycle.Select(name => name ?? GraphText.Outside))));
        }

        console.Write(table);
        console.WriteLine($"{methods.Count} tamed methods, {methods.Count(method => method.HasCheckpoint)} with a checkpoint");
    }
}
