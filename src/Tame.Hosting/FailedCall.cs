namespace Tame.Hosting;

/// <summary>Which call a failure comes from.</summary>
internal static class FailedCall
{
    /// <summary>The first call of the failure's trace, with file and line where they are known.</summary>
    public static string NameOf(Exception failure)
    {
        if (failure is LostEventException { File.Length: > 0 } loss)
            return $"{loss.Method} at {loss.File}:{loss.Line}";
        var lines = failure.StackTrace?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return lines.FirstOrDefault(line => line.StartsWith("at ", StringComparison.Ordinal))?["at ".Length..] ?? "code that left no trace";
    }
}
