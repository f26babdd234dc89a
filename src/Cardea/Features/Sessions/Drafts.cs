using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Cardea.Data;
using Cardea.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;

namespace Cardea.Features.Sessions;

/// <summary>
/// Names the fields of a page that outlive a session which ended while somebody was typing. Never a secret. The last part of a field's name
/// counts: "Question" keeps <c>Input.Rows[0].Question</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepsDraftAttribute(params string[] fields) : Attribute
{
    public bool Keeps(string field) => fields.Contains(field[(field.LastIndexOf('.') + 1)..], StringComparer.Ordinal);
}

/// <summary>
/// What was typed into a form that was sent when its session was over already. It waits in the browser, encrypted, for the same person at the
/// same page; the server keeps nothing for somebody who may not come back, and whoever signs in instead sees nothing.
/// </summary>
public sealed class Drafts(IDataProtectionProvider protection, TimeProvider clock) : IAsyncPageFilter
{
    private const int LongestValue = 2_100, LongestCookie = 3_800, LongestDraft = 32_768;   // browsers keep 4 KB

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _protector = protection.CreateProtector("Cardea.Drafts.v2");

    public async Task KeepAsync(HttpContext context, SignedInPerson former)
    {
        if (!context.Request.HasFormContentType || context.GetEndpoint()?.Metadata.GetMetadata<KeepsDraftAttribute>() is not { } page)
        {
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var typed = form
            .Where(field => page.Keeps(field.Key) && field.Value.Count == 1 && field.Value[0] is { Length: <= LongestValue })
            .ToDictionary(field => field.Key, field => field.Value[0]!);
        var draft = Pack(new(former.AccountId, PathOf(context), clock.Now, typed));
        if (typed.Values.Any(value => value.Length > 0) && draft.Length <= LongestCookie)
        {
            context.WriteCookie(Cookies.Draft, draft, Lifetime);
        }
    }

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    /// <summary>The fields show it as if it had just been typed.</summary>
    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) && http.Person is { } person && Read(http) is { } draft)
        {
            if (draft.AccountId != person.AccountId || draft.At + Lifetime < clock.Now)
            {
                http.DeleteCookie(Cookies.Draft);
            }
            else if (draft.Path == PathOf(http))
            {
                http.DeleteCookie(Cookies.Draft);
                foreach (var (field, value) in draft.Typed)
                {
                    context.ModelState.SetModelValue(field, value, value);
                }
            }
        }

        await next();
    }

    private Draft? Read(HttpContext context)
    {
        try
        {
            return context.ReadCookie(Cookies.Draft) is { } draft ? Unpack(draft) : null;
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Squeezed first: a page of text fits. Only its own owner's words are in it, so its length tells a listener nothing of a secret.</summary>
    private string Pack(Draft draft)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(draft);
        var squeezed = new byte[BrotliEncoder.GetMaxCompressedLength(json.Length)];
        BrotliEncoder.TryCompress(json, squeezed, out var length);
        return WebEncoders.Base64UrlEncode(_protector.Protect(squeezed[..length]));
    }

    private Draft? Unpack(string packed)
    {
        var json = new byte[LongestDraft];
        return BrotliDecoder.TryDecompress(_protector.Unprotect(WebEncoders.Base64UrlDecode(packed)), json, out var length)
            ? JsonSerializer.Deserialize<Draft>(json.AsSpan(0, length))
            : null;
    }

    private static string PathOf(HttpContext context) => context.Request.Path.Value!.ToLowerInvariant();

    private sealed record Draft(Guid AccountId, string Path, DateTimeOffset At, IReadOnlyDictionary<string, string> Typed);
}
