namespace Tame.AspNetCore;

/// <summary>Error messages for wrong use of a connection's pipe. The types are those of <see cref="System.IO.Pipelines.Pipe"/>.</summary>
internal static class PipeErrors
{
    public static InvalidOperationException ReadingEnded() => new("The reader is complete. Nothing can be read after Complete.");

    public static InvalidOperationException WritingEnded() => new("The writer is complete. Nothing can be written after Complete.");

    public static InvalidOperationException AlreadyReading() => new("A read is in progress. Call AdvanceTo before you read again.");

    public static InvalidOperationException NoRead() => new("No read is in progress. Call AdvanceTo once after each read.");

    public static InvalidOperationException NotCompleted() => new("The operation has not completed. Await it before you read its result.");

    public static InvalidOperationException ExaminedLessThanConsumed() => new("The examined position is before the consumed position.");

    public static InvalidOperationException ExaminedMoreThanRead() => new("The examined position is after the end of the data read.");

    public static InvalidOperationException NotInBuffer() => new("The consumed position is not in the buffer: it has already been consumed.");
}
