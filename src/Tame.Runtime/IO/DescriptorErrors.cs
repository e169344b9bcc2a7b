using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tame.Interop;

namespace Tame.IO;

/// <summary>The messages for file descriptors that cannot be waited for. Each says which one, why, and what to do.</summary>
internal static class DescriptorErrors
{
    public static PlatformNotSupportedException NoneInGuest(EventLoop loop) => new(
        $"{loop.Name} is a guest, and the descriptors of guests need epoll, which this system does not have. Wait for descriptors in a loop that has its own thread, or use tasks and Event.Start here.");

    public static IOException NoPoller(string call, Errno error) => new(
        $"The event loop cannot watch descriptors: {call} failed ({Describe(error)}). " + error switch
        {
            Errno.EMFILE => "This process has as many open descriptors as its limit allows: close some, or raise `ulimit -n`.",
            Errno.ENFILE => "The system has as many open descriptors as its limit allows: close some, or raise fs.file-max.",
            _ => "Every loop needs two descriptors.",
        });

    public static IOException NoPoller(string what, SocketException error) => new(
        $"The event loop cannot watch sockets: {what} could not be created ({error.Message}). " + error.SocketErrorCode switch
        {
            SocketError.TooManyOpenSockets => "This process has as many open sockets as its limit allows: close some.",
            _ => "Every loop needs its own socket on the loopback address.",
        },
        error);

    public static IOException PollFailed(string call, Errno error) => PollFailed(call, Describe(error));

    public static IOException PollFailed(string call, string error) => new(
        $"The event loop can no longer watch descriptors: {call} failed ({error}). " +
        "Other code may have closed the loop's own descriptor: check for code that closes a descriptor twice.");

    public static Exception CannotWatch(int fd, SafeHandle? owner, Errno error)
    {
        if (owner is { IsClosed: true })
            return Closed(fd, owner);
        if (error == Errno.EBADF && owner is not null)
            return ClosedElsewhere(fd, owner);
        if (error == Errno.NotASocket)
            return NotASocket(fd);
        return new IOException($"Descriptor {fd} cannot be waited for ({Describe(error)}). " + error switch
        {
            Errno.EBADF => "It is not open. Start the wait before the descriptor is closed, and pass its SafeHandle or Socket, so that reuse of its number is detected.",
            Errno.ENOSPC => "This user watches as many descriptors as the limit allows: raise /proc/sys/fs/epoll/max_user_watches.",
            Errno.ENOMEM => "The system is out of kernel memory: wait for fewer descriptors at once.",
            Errno.ELOOP => "It is itself an epoll descriptor, nested too deeply.",
            _ => "Wait for sockets, pipes, terminals and other descriptors that can become ready.",
        });
    }

    /// <summary>The owner was closed, or the number now belongs to another file.</summary>
    public static ObjectDisposedException Closed(int fd, SafeHandle? owner) => new(
        owner?.GetType().FullName,
        $"Descriptor {fd} was closed while it was waited for. Let the wait end before you close it, or shut the socket down first.");

    /// <summary>The number was closed, or refers to another file, and no handle shows it.</summary>
    public static ObjectDisposedException Gone(int fd, SafeHandle? owner) => new(
        owner?.GetType().FullName,
        $"Descriptor {fd} no longer refers to the file that was waited for{(owner is null ? "" : ", though its handle is open")}: it was closed by its number or through another handle, or dup2 replaced it. " +
        "Let the wait end before you close a descriptor, and close it through the handle that owns it.");

    public static ObjectDisposedException ClosedBefore(SafeHandle owner) => new(
        owner.GetType().FullName,
        "The handle is closed, so it cannot be waited for. Wait for it before you close it.");

    /// <summary>The handle refers to no file.</summary>
    public static IOException Invalid(int fd) => new(
        $"Descriptor {fd} is invalid, so it cannot be waited for. Check the call that should have opened it: it failed, or it did not run.");

    private static ObjectDisposedException ClosedElsewhere(int fd, SafeHandle owner) => new(
        owner.GetType().FullName,
        $"Descriptor {fd} is not open, though its handle is: it was closed by its number or through another handle. Let one handle own a descriptor, and close the descriptor through that handle.");

    private static IOException NotASocket(int fd) => new(
        $"Descriptor {fd} is not an open socket, and on this system an event loop can watch only sockets. Wait for anything else through a task: " +
        "stream.ReadAsync(buffer).Trigger(e).");

    private static string Describe(Errno error) =>
        $"{(Enum.IsDefined(error) ? error.ToString() : "errno " + (int)error)}: {Marshal.GetPInvokeErrorMessage((int)error)}";
}
