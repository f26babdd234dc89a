using Cardea.Features.Messages;

namespace Cardea.Features.Invitations;

public static class InvitationsFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddInvitations()
        {
            builder.Services.AddScoped<InvitationLinks>();
            builder.Services.AddScoped<ResendInvitation>();
            builder.Services.AddScoped<AcceptInvitation>();
            builder.Services.AddMail<InvitationMail>();
            return builder;
        }
    }
}
