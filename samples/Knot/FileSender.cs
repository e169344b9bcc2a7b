using Knot.Files;
using Knot.Http;
using Microsoft.Win32.SafeHandles;
using Tame.Http;

namespace Knot;

/// <summary>Answers with a file, or with the result of the conditions of the request.</summary>
internal sealed partial class FileSender(StaticFiles files, TimeProvider time)
{
    public void Answer(HttpExchange exchange, CachedFile file, bool isGet, Event done)
    {
        var fields = exchange.Request.Fields;
        var form = file.For(fields);
        PreparedResponse? answer = form is null ? StatusPages.For(406) : form.Whole;
        List<ByteRange>? ranges = null;
        if (form is not null && Conditions.AreIn(fields))
        {
            int status = Conditions.Evaluate(fields, form);
            if (status == 200 && isGet && Conditions.AllowRange(fields, form, time.GetUtcNow()))
                ranges = Ranges.Parse(fields["Range"], form.Length);
            answer = status == 304 ? form.NotModified : status == 412 ? StatusPages.For(412) : ranges is [] ? StatusPages.NotWithin(form.Length) : form.Whole;
        }
        if (ranges is [_, ..] || (form is { IsInMemory: false } && isGet && ReferenceEquals(answer, form.Whole)))
        {
            Send(exchange, file, form!, ranges, done);
            return;
        }
        exchange.Response.Answer(answer);
        done.Trigger();
    }

    /// <summary>Opens the file and sends it, or parts of it. If it is no longer the cached file, looks up the newer one.</summary>
    [Tamed] private partial void Send(HttpExchange exchange, CachedFile file, Representation form, List<ByteRange>? ranges, Event done);

    private void SendBody(HttpExchange exchange, CachedFile file, Representation form, List<ByteRange>? ranges, Event done)
    {
        using var handle = TryOpen(form, out int status);
        if (status != 200)
        {
            files.Forget(file);
            if (status == Changed && files.Find(exchange.Request.PathBytes, exchange.Request.QueryBytes, out var page, out _) is { } newer && newer.For(exchange.Request.Fields) is { } current
                && current.Stamp != form.Stamp)
            {
                Answer(exchange, newer, isGet: true, done);
                return;
            }
            exchange.Response.Answer(StatusPages.For(status == Changed ? 500 : status));
            done.Trigger();
            return;
        }
        if (ranges is null)
        {
            exchange.Response.Answer(form.Whole);
            twait(e => exchange.Response.SendFile(handle!, 0, form.Length, e));
        }
        else
        {
            twait(e => Multipart.Send(exchange.Response, new Parts(form, handle!, ranges, file.Varies), e));
        }
        done.Trigger();
    }

    /// <summary>A result that is not a status: the file differs from the cached one.</summary>
    private const int Changed = 0;

    private static SafeFileHandle? TryOpen(Representation form, out int status)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(form.Path, options: FileOptions.SequentialScan);
            status = new FileStamp(RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle)) == form.Stamp ? 200 : Changed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            status = error is UnauthorizedAccessException ? 403 : error is FileNotFoundException or DirectoryNotFoundException ? 404 : 500;
        }
        if (status == 200)
            return handle;
        handle?.Dispose();
        return null;
    }
}
