namespace Tame.Hosting;

/// <summary>Finds the call that a failure comes from.</summary>
internal static class FailedCall
{
    /// <summary>The first call of the failure's stack trace, with file and line if they are known.</summary>
    public static string NameOf(Exception failure)
    {
        if (failure is LostEventException { File.Length: > 0 } loss)
            return $"{loss.Method} at {loss.File}:{loss.Line}";
        var lines = failure.StackTrace?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return lines.FirstOrDefault(line => line.StartsWith("at ", StringComparison.Ordinal))?["at ".Length..] ?? "code without a stack trace";
    }
}
