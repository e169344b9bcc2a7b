namespace Tame.Runtime.Tests.IO;

/// <summary>Files other than sockets, for the poller that watches only sockets: its errors say so, and what to do.</summary>
public sealed class SelectRefusalTests() : PollerTests(PollerKind.Select)
{
    [Fact]
    public void A_pipe_is_refused_with_what_to_do()
    {
        var (reader, writer) = Posix.Pipe();
        Waits.Wait(reader, FdEvents.Read, "number");
        Refused("number!", reader);
        using var owner = Posix.Own(writer);
        Waits.Wait(owner, FdEvents.Write, "handle");
        Refused("handle!", writer);
        Posix.Close(reader);
    }

    [Fact]
    public void A_regular_file_is_refused_with_what_to_do()
    {
        using var file = File.OpenHandle(Environment.ProcessPath!);
        Waits.Wait(file, FdEvents.Read, "file");
        Refused("file!", (int)file.DangerousGetHandle());
    }

    [Fact]
    public void A_number_that_went_to_a_regular_file_is_refused_and_its_old_waiters_fail()
    {
        var (old, oldPeer) = Kind.Pair();
        Waits.Wait(old, FdEvents.Read, "old");
        using (var file = File.OpenHandle(Environment.ProcessPath!))
            Posix.Replace(old, Posix.Duplicate((int)file.DangerousGetHandle()));
        Waits.Wait(old, FdEvents.Read, "file");
        Refused("old! file!", old);
        Posix.Close(oldPeer);
    }

    [Fact]
    public void A_socket_is_still_waited_for_after_a_refusal()
    {
        var (reader, _) = Posix.Pipe();
        var (here, there) = Posix.SocketPair();
        Waits.Wait(here, FdEvents.Read, "socket");
        Waits.Wait(reader, FdEvents.Read, "pipe");
        Refused("pipe!", reader);
        Posix.Write(there);
        Assert.Equal("socket", Waits.Poll());
    }

    private void Refused(string joined, int fd)
    {
        Assert.Equal(joined, Waits.Joined());
        string message = Assert.IsType<IOException>(Waits.LastError).Message;
        Assert.Contains($"Descriptor {fd} is not an open socket", message, StringComparison.Ordinal);
        Assert.Contains("stream.ReadAsync(buffer).Trigger(e)", message, StringComparison.Ordinal);
    }
}
