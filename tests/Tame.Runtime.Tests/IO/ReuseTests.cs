using Microsoft.Win32.SafeHandles;

namespace Tame.Runtime.Tests.IO;

/// <summary>Reused numbers, and handles that share one. The tests are the same for each poller.</summary>
public abstract class ReuseTests : PollerTests
{
    private protected ReuseTests(PollerKind kind)
        : base(kind)
    {
    }

    [Fact]
    public void A_number_that_is_used_again_between_two_passes_is_watched_anew()
    {
        var (old, oldPeer) = Kind.Pair();
        var (file, peer) = Kind.Pair();
        Waits.Wait(old, FdEvents.Read, "old");
        Assert.Equal("", Waits.Poll());
        Posix.Replace(old, file);
        Waits.Wait(old, FdEvents.Read, "new");
        Assert.Equal("old!", Waits.Joined());
        Assert.IsType<ObjectDisposedException>(Waits.LastError);
        Posix.Write(peer);
        Assert.Equal("new", Waits.PollUntilSome());
        Posix.Close(oldPeer);
    }

    [Fact]
    public void A_number_that_is_used_again_after_its_wait_is_watched_anew()
    {
        var (old, oldPeer) = Kind.Pair();
        var (file, peer) = Kind.Pair();
        Waits.Wait(old, FdEvents.Read, "old");
        Posix.Write(oldPeer);
        Assert.Equal("old", Waits.PollUntilSome());
        Posix.Replace(old, file);
        Waits.Wait(old, FdEvents.Read, "new");
        Posix.Write(peer);
        Assert.Equal("new", Waits.PollUntilSome());
    }

    [Fact]
    public void A_number_that_is_used_again_wakes_nobody_who_waits_for_the_file_before_it()
    {
        var (old, oldPeer) = Kind.Pair();
        var (file, peer) = Kind.Pair();
        var (other, otherPeer) = Kind.Pair();
        Waits.Wait(old, FdEvents.Read, "old");
        Waits.Wait(other, FdEvents.Read, "other");
        Assert.Equal("", Waits.Poll());
        Posix.Replace(old, file);
        Posix.Write(peer);
        Posix.Write(otherPeer);
        var woken = new HashSet<string>();
        while (!woken.Contains("other"))
            woken.UnionWith(Waits.PollUntilSome().Split(' '));
        Assert.DoesNotContain("old", woken);
        Posix.Close(oldPeer);
    }

    [Fact]
    public void A_new_handle_of_a_number_that_is_used_again_is_watched_anew()
    {
        var (old, oldPeer) = Kind.Pair();
        var (file, peer) = Kind.Pair();
        var oldOwner = new SafeFileHandle(old, ownsHandle: false);
        Waits.Wait(oldOwner, FdEvents.Read, "old");
        oldOwner.Dispose();
        Posix.Replace(old, file);
        using var owner = Posix.Own(old);
        Waits.Wait(owner, FdEvents.Read, "new");
        Assert.Equal("old!", Waits.Joined());
        Posix.Write(peer);
        Assert.Equal("new", Waits.PollUntilSome());
        Posix.Close(oldPeer);
    }

    [Fact]
    public void A_new_handle_of_a_number_that_nobody_waits_for_any_more_is_watched_anew()
    {
        var (old, oldPeer) = Kind.Pair();
        var (file, peer) = Kind.Pair();
        var oldOwner = new SafeFileHandle(old, ownsHandle: false);
        Waits.Wait(oldOwner, FdEvents.Read, "old");
        Posix.Write(oldPeer);
        Assert.Equal("old", Waits.PollUntilSome());
        oldOwner.Dispose();
        Posix.Replace(old, file);
        using var owner = Posix.Own(old);
        Waits.Wait(owner, FdEvents.Read, "new");
        Posix.Write(peer);
        Assert.Equal("new", Waits.PollUntilSome());
    }

    [Fact]
    public void Two_open_handles_of_one_descriptor_share_it()
    {
        var (here, there) = Posix.SocketPair();
        using var owner = Posix.Own(here);
        using var view = new SafeFileHandle(here, ownsHandle: false);
        Waits.Wait(owner, FdEvents.Read, "owner");
        Waits.Wait(view, FdEvents.Read, "view");
        Waits.Wait(here, FdEvents.Read, "number");
        Assert.Equal("", Waits.Poll());
        Posix.Write(there);
        Assert.Equal("owner view number", Waits.Poll());
    }

    [Fact]
    public void What_a_duplicate_keeps_open_wakes_nobody_who_waits_for_the_number_that_it_had()
    {
        var (old, oldPeer) = Kind.Pair();
        var (file, peer) = Kind.Pair();
        int duplicate = Posix.Duplicate(old);
        Waits.Wait(old, FdEvents.Read, "old");
        Posix.Replace(old, file);
        Waits.Wait(old, FdEvents.Read, "new");
        Assert.Equal("old!", Waits.Joined());
        Posix.Write(oldPeer);
        Assert.Equal("", Waits.Poll());
        Assert.True(Waits.IsQuiet);
        Posix.Write(peer);
        Assert.Equal("new", Waits.PollUntilSome());
        Posix.Close(duplicate);
    }

    [Fact]
    public void What_a_duplicate_keeps_open_lets_the_loop_sleep_when_its_number_is_closed()
    {
        var (old, oldPeer) = Kind.Pair();
        var (here, there) = Kind.Pair();
        int duplicate = Posix.Duplicate(old);
        var owner = Posix.Own(old);
        Waits.Wait(owner, FdEvents.Read, "old");
        Waits.Wait(here, FdEvents.Read, "other");
        owner.Dispose();
        Posix.Write(oldPeer);
        Assert.Equal("old!", Waits.PollUntilSome());
        Assert.Equal("", Waits.Poll());
        Assert.True(Waits.IsQuiet);
        Posix.Write(there);
        Assert.Equal("other", Waits.PollUntilSome());
        Posix.Close(duplicate);
    }
}

public sealed class EpollReuseTests() : ReuseTests(PollerKind.Epoll);

public sealed class EpollLoopReuseTests() : ReuseTests(PollerKind.Epoll.UnderLoop);

public sealed class PollReuseTests() : ReuseTests(PollerKind.Poll);

public sealed class PollLoopReuseTests() : ReuseTests(PollerKind.Poll.UnderLoop);

public sealed class SelectReuseTests() : ReuseTests(PollerKind.Select);

public sealed class SelectLoopReuseTests() : ReuseTests(PollerKind.Select.UnderLoop);
