namespace Tame.Hosting;

/// <summary>Which call a failure comes from.</summary>
internal static class FailedCall
{
    /// <summary>The first line of the failure's trace, which has the method, and file and line where they are known.</summary>
    public static string NameOf(Exception failure)
    {
        if (failure is LostEventException { File.Length: > 0 } loss)
            return $"{loss.Method} at {loss.File}:{loss.Line}";
        string first = failure.StackTrace?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "code that left no trace";
        return first.StartsWith("at ", StringComparison.Ordinal) ? first["at ".Length..] : first;
    }
}
