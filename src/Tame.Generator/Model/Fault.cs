using System.Diagnostics;
using System.Reflection;

namespace Tame.Generator.Model;

/// <summary>
/// A fault of the generator itself: the stage that failed, its exception, and the innermost calls. It affects the method whose file has the name
/// <see cref="HintName"/>, not the project.
/// </summary>
internal sealed record Fault(string HintName, string Stage, string Error, string Stack)
{
    private const int MostFrames = 6;

    public static Fault Of(Exception error, string stage, string hintName) =>
        new(hintName, stage, $"{error.GetType().Name}: {OnOneLine(error.Message)}", string.Join(", ", Frames(error)));

    /// <summary>Without files and lines, which differ from build to build.</summary>
    private static IEnumerable<string> Frames(Exception error) => (new StackTrace(error).GetFrames() ?? [])
        .Select(frame => frame?.GetMethod()).Where(method => method is not null).SkipWhile(IsOfTheRuntime).Take(MostFrames).Select(method => NameOf(method!));

    /// <summary>The calls of the .NET runtime are less informative than the generator's calls that led to them.</summary>
    private static bool IsOfTheRuntime(MethodBase? method) => method!.DeclaringType?.Namespace?.StartsWith("System", StringComparison.Ordinal) == true;

    /// <summary>A lambda counts as the method that it is written in.</summary>
    private static string NameOf(MethodBase method)
    {
        var type = method.DeclaringType;
        while (type is { DeclaringType: { } outer } && type.Name.StartsWith("<", StringComparison.Ordinal)) type = outer;
        return $"{type?.Name}.{method.Name.Split('<', '>').First(part => part.Length > 0)}";
    }

    /// <summary>A build prints a message as one line.</summary>
    private static string OnOneLine(string text) => string.Join(" ", text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
