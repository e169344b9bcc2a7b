using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Tame.Runtime.Tests.IO;

/// <summary>Descriptors that are closed before or during a wait. The tests are the same for each poller.</summary>
public abstract class ClosingTests : PollerTests
{
    private protected ClosingTests(PollerKind kind)
        : base(kind)
    {
    }

    [Fact]
    public void A_number_that_is_not_open_fails_the_event_by_name()
    {
        var (here, _) = Posix.SocketPair();
        Posix.Close(here);
        Waits.Wait(here, FdEvents.Read, "closed");
        Assert.Equal("closed!", Waits.Joined());
        Assert.Contains($"Descriptor {here} ", Assert.IsType<IOException>(Waits.LastError).Message, StringComparison.Ordinal);
        Assert.False(Waits.Table.HasWaiters);
    }

    [Fact]
    public void A_handle_that_is_closed_fails_the_event()
    {
        var owner = Posix.Own(Posix.SocketPair().Here);
        owner.Dispose();
        Waits.Wait(owner, FdEvents.Read, "closed");
        Assert.Equal("closed!", Waits.Joined());
        Assert.IsType<ObjectDisposedException>(Waits.LastError);
    }

    [Fact]
    public void A_socket_that_is_closed_fails_the_event()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Dispose();
        Waits.Wait(socket.SafeHandle, FdEvents.Read, "closed");
        Assert.Equal("closed!", Waits.Joined());
        Assert.IsType<ObjectDisposedException>(Waits.LastError);
    }

    [Fact]
    public void A_number_that_is_closed_fails_its_waiters()
    {
        var (here, there) = Posix.SocketPair();
        var (other, otherPeer) = Posix.SocketPair();
        Waits.Wait(here, FdEvents.Read, "closed");
        Waits.Wait(other, FdEvents.Read, "other");
        Assert.Equal("", Waits.Poll());
        Posix.Close(here);
        Assert.Equal("closed!", Waits.PollUntilSome());
        Assert.IsType<ObjectDisposedException>(Waits.LastError);
        Posix.Write(otherPeer);
        Assert.Equal("other", Waits.Poll());
        Posix.Close(there);
    }

    [Fact]
    public void A_number_that_is_closed_behind_its_handle_fails_its_waiters()
    {
        var (here, there) = Posix.SocketPair();
        using var view = new SafeFileHandle(here, ownsHandle: false);
        Waits.Wait(view, FdEvents.Read, "closed");
        Posix.Close(here);
        Assert.Equal("closed!", Waits.PollUntilSome());
        Assert.Contains($"Descriptor {here} ", Assert.IsType<ObjectDisposedException>(Waits.LastError).Message, StringComparison.Ordinal);
        Posix.Close(there);
    }

    [Fact]
    public void A_number_that_dup2_leads_to_another_file_fails_its_waiters()
    {
        var (here, there) = Kind.Pair();
        var (other, otherPeer) = Kind.Pair();
        using var owner = Posix.Own(here);
        Waits.Wait(owner, FdEvents.Read, "first");
        Posix.Replace(here, other);
        Posix.Write(otherPeer);
        Assert.Equal("first!", Waits.PollUntilSome());
        Waits.Wait(owner, FdEvents.Read, "second");
        Assert.Equal("second", Waits.PollUntilSome());
        Posix.Close(there);
        Posix.Close(otherPeer);
    }

    [Fact]
    public void Closed_numbers_are_found_among_many_that_are_open()
    {
        const int Count = 200;
        var pairs = Enumerable.Range(0, Count).Select(_ => Kind.Pair()).ToList();
        for (int i = 0; i < Count; i++)
            Waits.Wait(pairs[i].Here, FdEvents.Read, $"{i}");
        Posix.Close(pairs[Count - 1].Here);
        Assert.Equal($"{Count - 1}!", Waits.PollUntilSome());
        for (int i = 0; i < Count - 1; i++)
            Posix.Write(pairs[i].There);
        Assert.Equal(Count - 1, Waits.PollUntil(Count - 1).Split(' ').Length);
    }

    [Fact]
    public void Closing_a_handle_wakes_all_who_wait_for_it_with_an_error()
    {
        var owner = Posix.Own(Posix.SocketPair().Here);
        Waits.Wait(owner, FdEvents.Read, "first");
        Waits.Wait(owner, FdEvents.Read, "second");
        owner.Dispose();
        Assert.Equal("first! second!", Waits.PollUntilSome());
        Assert.IsType<ObjectDisposedException>(Waits.LastError);
        Assert.False(Waits.Table.HasWaiters);
    }

    [Fact]
    public void A_handle_that_was_closed_is_found_before_the_next_sleep()
    {
        var owner = Posix.Own(Posix.SocketPair().Here);
        Waits.Wait(owner, FdEvents.Read, "read");
        Waits.Table.Poll(1);
        owner.Dispose();
        Waits.Table.Poll(Waits.Hang);
        Assert.Equal("read!", Waits.Joined());
    }

    [Fact]
    public void Disposing_a_socket_that_is_waited_for_does_not_hang_and_wakes_the_waiter()
    {
        var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Waits.Wait(listener.SafeHandle, FdEvents.Read, "accept");
        Assert.Equal("", Waits.Poll());
        listener.Dispose();
        Assert.Equal("accept!", Waits.PollUntilSome());
    }

    [Fact]
    public void A_close_on_another_thread_is_seen_while_the_loop_sleeps()
    {
        var owner = Posix.Own(Posix.SocketPair().Here);
        Waits.Wait(owner, FdEvents.Read, "read");
        var closer = new Thread(() =>
        {
            Thread.Sleep(20);
            owner.Dispose();
        });
        closer.Start();
        Assert.Equal("read!", Waits.PollUntilSome());
        closer.Join();
    }

    [Fact]
    public void Each_of_many_closed_handles_is_found()
    {
        SafeFileHandle[] owners = [.. Enumerable.Range(0, 300).Select(_ => Posix.Own(Posix.SocketPair().Here))];
        for (int i = 0; i < owners.Length; i++)
            Waits.Wait(owners[i], FdEvents.Read, "r" + i);
        Waits.Table.Poll(1);
        owners[7].Dispose();
        owners[299].Dispose();
        var found = new HashSet<string>();
        while (found.Count < 2)
            found.UnionWith(Waits.PollUntilSome().Split(' '));
        Assert.Equal(["r299!", "r7!"], found.Order());
        foreach (var owner in owners)
            owner.Dispose();
    }

    [Fact]
    public void A_handle_that_is_closed_while_its_descriptor_stays_open_is_forgotten()
    {
        var (here, there) = Posix.SocketPair();
        var view = new SafeFileHandle(here, ownsHandle: false);
        Waits.Wait(view, FdEvents.Read, "view");
        view.Dispose();
        Posix.Write(there);
        Assert.Equal("view!", Waits.Poll());
        Assert.True(Waits.IsQuiet);
        Waits.Wait(here, FdEvents.Read, "number");
        Assert.Equal("number", Waits.Poll());
    }

    [Fact]
    public void A_wait_for_an_open_descriptor_finds_those_whose_own_handle_was_closed()
    {
        var (here, there) = Posix.SocketPair();
        var view = new SafeFileHandle(here, ownsHandle: false);
        Waits.Wait(view, FdEvents.Read, "view");
        view.Dispose();
        using var owner = Posix.Own(here);
        Waits.Wait(owner, FdEvents.Read, "owner");
        Assert.Equal("view!", Waits.Joined());
        Posix.Write(there);
        Assert.Equal("owner", Waits.Poll());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_two_handles_of_one_descriptor_the_one_that_is_closed_fails_its_own_waiters_only(bool viewIsFirst)
    {
        var (here, there) = Kind.Pair();
        using var owner = Posix.Own(here);
        var view = new SafeFileHandle(here, ownsHandle: false);
        Waits.Wait(viewIsFirst ? view : owner, FdEvents.Read, viewIsFirst ? "view" : "owner");
        Waits.Wait(viewIsFirst ? owner : view, FdEvents.Read, viewIsFirst ? "owner" : "view");
        view.Dispose();
        Assert.Equal("view!", Waits.PollUntilSome());
        Assert.IsType<ObjectDisposedException>(Waits.LastError);
        Assert.True(Waits.Table.HasWaiters);
        Posix.Write(there);
        Assert.Equal("owner", Waits.PollUntilSome());
        Waits.Wait(owner, FdEvents.Read, "again");
        Assert.Equal("again", Waits.PollUntilSome());
        Assert.False(Waits.Table.HasWaiters);
        Posix.Close(there);
    }

    [Fact]
    public void A_readiness_fails_those_whose_handle_is_closed_and_triggers_the_others()
    {
        var (here, there) = Kind.Pair();
        using var owner = Posix.Own(here);
        var view = new SafeFileHandle(here, ownsHandle: false);
        Waits.Wait(owner, FdEvents.Read, "owner");
        Waits.Wait(view, FdEvents.Read, "view");
        view.Dispose();
        Posix.Write(there);
        Assert.Equal("view! owner", Waits.PollUntil(2));
        Posix.Close(there);
    }

    [Fact]
    public void When_the_handle_that_owns_the_descriptor_is_closed_those_of_the_others_fail_too()
    {
        var (here, there) = Kind.Pair();
        using var view = new SafeFileHandle(here, ownsHandle: false);
        var owner = Posix.Own(here);
        Waits.Wait(view, FdEvents.Read, "view");
        Waits.Wait(owner, FdEvents.Read, "owner");
        owner.Dispose();
        Assert.Equal("owner! view!", Waits.PollUntil(2));
        Assert.False(Waits.Table.HasWaiters);
        Posix.Close(there);
    }

    [Fact]
    public void A_close_is_seen_where_the_loop_never_sleeps()
    {
        var owner = Posix.Own(Kind.Pair().Here);
        Waits.Wait(owner, FdEvents.Read, "closed");
        Assert.Equal("", Waits.Poll());
        owner.Dispose();
        string joined = "";
        Assert.True(SpinWait.SpinUntil(() => (joined = Waits.Poll()).Length != 0, Waits.Hang));
        Assert.Equal("closed!", joined);
    }

    [Fact]
    public void A_handle_that_is_invalid_says_so()
    {
        using var invalid = new SafeFileHandle(-1, ownsHandle: false);
        Waits.Wait(invalid, FdEvents.Read, "handle");
        Assert.Equal("handle!", Waits.Joined());
        Assert.StartsWith("Descriptor -1 is invalid", Assert.IsType<IOException>(Waits.LastError).Message, StringComparison.Ordinal);
        Waits.Wait(-1, FdEvents.Read, "number");
        Assert.Equal("number!", Waits.Joined());
        Assert.StartsWith("Descriptor -1 is invalid", Assert.IsType<IOException>(Waits.LastError).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handle_whose_descriptor_was_closed_elsewhere_says_so()
    {
        var (here, there) = Kind.Pair();
        using var view = new SafeFileHandle(here, ownsHandle: false);
        Posix.Close(here);
        Waits.Wait(view, FdEvents.Read, "view");
        Assert.Equal("view!", Waits.Joined());
        Assert.DoesNotContain("while it was waited for", Waits.LastError!.Message, StringComparison.Ordinal);
        Posix.Close(there);
    }

    [Fact]
    public void A_handle_that_nobody_waits_for_any_more_is_not_kept_alive()
    {
        var handle = WaitOnce();
        GC.Collect();
        Assert.False(handle.IsAlive);
        GC.KeepAlive(Waits);
    }

    [Fact]
    public void A_peak_of_descriptors_leaves_no_registrations_behind()
    {
        var pairs = Enumerable.Range(0, 1000).Select(_ => Posix.SocketPair()).ToArray();
        var events = pairs.Select(pair => Waits.Wait(pair.Here, FdEvents.Read, "r")).ToArray();
        Assert.Equal(1000, Waits.Table.Registrations);
        foreach (var (here, there) in pairs)
        {
            Posix.Close(there);
            Waits.Poll();      // ready: every waiter is woken
            Waits.Poll();      // still ready without a waiter: no longer watched
            Posix.Close(here);
        }
        Waits.Table.Trim();
        Assert.InRange(Waits.Table.Registrations, 0, 64);
        var (again, peer) = Posix.SocketPair();
        Waits.Wait(again, FdEvents.Read, "again");
        Posix.Write(peer);
        Assert.Equal("again", Waits.Poll());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference WaitOnce()
    {
        var (here, there) = Posix.SocketPair();
        var owner = Posix.Own(here);
        Waits.Wait(owner, FdEvents.Read, "read");
        Posix.Write(there);
        Assert.Equal("read", Waits.Poll());
        return new WeakReference(owner);
    }
}

public sealed class EpollClosingTests() : ClosingTests(PollerKind.Epoll);

public sealed class EpollLoopClosingTests() : ClosingTests(PollerKind.Epoll.UnderLoop);

public sealed class PollClosingTests() : ClosingTests(PollerKind.Poll);

public sealed class PollLoopClosingTests() : ClosingTests(PollerKind.Poll.UnderLoop);

public sealed class SelectClosingTests() : ClosingTests(PollerKind.Select);

public sealed class SelectLoopClosingTests() : ClosingTests(PollerKind.Select.UnderLoop);
